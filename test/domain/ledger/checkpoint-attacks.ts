import { checkpointKey } from '../../../shared/domain/ledger/checkpoint.ts';
import type { StoredCheckpoint } from '../../../shared/domain/ledger/checkpoint-trail.ts';
import type { Defect, DefectKind } from '../../../shared/domain/ledger/defect.ts';
import type { Attack } from './attacks.ts';
import { isAt, seal, strangeSigner, type Trail } from './trail.ts';

/** Every way to tamper with each checkpoint, and with the end of the trail. */
export async function checkpointAttacks(trail: Trail): Promise<Attack[]> {
  const each = await Promise.all(trail.checkpoints.map((_, index) => attacksOn(trail, index)));
  return [...each.flat(), ...rollbacks(trail)];
}

export function flipCheckpoint(trail: Trail, index: number, place: number, mask: number): Attack {
  const { key, text = '' } = trail.checkpoints[index] ?? { key: '' };
  const bytes = Buffer.from(text);
  bytes[place] = (bytes[place] ?? 0) ^ mask;
  // As the reader of a file does: what is no UTF-8 becomes another character.
  return replace(trail, index, { key, text: bytes.toString() }, 'checkpoint: one byte changed');
}

async function attacksOn(trail: Trail, index: number): Promise<Attack[]> {
  const { key, text } = trail.checkpoints[index] ?? { key: '', text: '' };
  const head = trail.heads.find(({ size }) => checkpointKey(size) === key);
  if (head === undefined) throw new RangeError(`No head for ${key}`);
  const others = trail.checkpoints.filter((other) => other.key !== key);
  const root = (await seal({ ...head, frontier: head.frontier.with(0, Buffer.alloc(32, 7).toString('base64')) })).text;
  const hash = (await seal({ ...head, lastObjectHash: 'ab'.repeat(32) })).text;
  const stranger = (await seal(head, strangeSigner)).text;
  return [
    ...others.map((other) => replace(trail, index, { key, text: other.text }, 'checkpoint: replaced by another')),
    replace(trail, index, { key, text: root }, 'checkpoint: signed with another root'),
    replace(trail, index, { key, text: hash }, 'checkpoint: signed with another object'),
    only('unknown-key', replace(trail, index, { key, text: stranger }, 'checkpoint: signed by a stranger')),
    only('malformed', replace(trail, index, { key, text: text.replace('— ', '- ') }, 'checkpoint: malformed')),
  ];
}

/** The last objects taken away, with the checkpoints that seal them or without. */
function rollbacks(trail: Trail): Attack[] {
  return trail.objects.slice(1).map((_, index) => ({
    name: 'head rolled back, checkpoints left',
    objects: trail.objects.slice(0, index + 1),
    checkpoints: trail.checkpoints,
    isFound: isAt(index + 1),
  }));
}

function replace(trail: Trail, index: number, by: StoredCheckpoint, name: string): Attack {
  // With the last checkpoint the objects that it alone speaks of are in doubt as well.
  const isFound = ({ place }: Defect) => place.checkpoint === by.key || place.object !== undefined;
  return { name, objects: trail.objects, checkpoints: trail.checkpoints.with(index, by), isFound };
}

function only(kind: DefectKind, attack: Attack): Attack {
  return { ...attack, isFound: (defect) => defect.kind === kind && attack.isFound(defect) };
}
