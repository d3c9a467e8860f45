import { gunzipSync, gzipSync } from 'node:zlib';
import { appendRecords, type LedgerHead, rollForward } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { lineText, objectLines } from '../../shared/domain/ledger/object-lines.ts';
import type { LedgerHeads, LedgerPlaces, StreamChange } from '../../shared/domain/ports/ledger-log.ts';
import type { LedgerObjects, LedgerReader } from '../../shared/domain/ports/ledger-objects.ts';
import { LEDGER_PREFIX } from '../../shared/names.ts';
import { type LedgerLine, lineOf } from './ledger-record.ts';

export interface AppendLedgerPorts {
  heads: LedgerHeads;
  places: LedgerPlaces;
  objects: LedgerObjects;
  reader: LedgerReader;
  /** Waits a little before the next attempt, longer and at random with each. */
  pause: (attempt: number) => Promise<void>;
  /** Asks for a seal; called with the head after each `maxWaiting` records. */
  askForSeal: (head: LedgerHead) => Promise<void>;
  /** Records that may wait for the schedule. */
  maxWaiting: number;
}

/** Shards write to one ledger: each loses at most to every other writer once in a round, and a batch that keeps losing comes again. */
const ATTEMPTS = 12;

export type AppendOutcome = 'appended' | 'nothing-new';

/**
 * Appends the changes of a stream batch that the ledger does not hold yet, as one object, and moves the head. However often and in whatever
 * pieces a batch is delivered, each change enters once. Rejects when it could not: nothing is lost then, since the stream brings the batch again.
 */
export function appendLedger(ports: AppendLedgerPorts) {
  return async (lines: readonly LedgerLine[]): Promise<AppendOutcome> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const head = await ports.heads.read();
      const fresh = await findFresh(ports, lines);
      if (fresh.length === 0) return 'nothing-new';
      if ((await tryAppend(ports, head, fresh)) === 'appended') return 'appended';
      await ports.pause(attempt);
    }
    throw new Error(`The ledger's head moved away ${ATTEMPTS} times`);
  };
}

async function findFresh({ heads }: AppendLedgerPorts, lines: readonly LedgerLine[]): Promise<LedgerLine[]> {
  if (lines.length === 0) return [];
  const done = await heads.findDone(lines.map(changeOf));
  const taken = new Set<string>(done);
  // A stream never brings a record twice in one batch; if it did, the second is no change of its own.
  return lines.filter(({ id }) => !taken.has(id) && taken.add(id));
}

async function tryAppend(ports: AppendLedgerPorts, head: LedgerHead, fresh: readonly LedgerLine[]) {
  const { bytes, nextHead } = appendRecords(
    head,
    fresh.map(({ line }) => line),
  );
  const packed = gzipSync(bytes);
  const stored = await ports.objects.putOnce(LEDGER_PREFIX + objectKey(head.objects), packed);
  if (stored === 'exists') {
    await finishOther(ports, head);
    return 'lost';
  }
  return await moveHead(ports, { head, next: nextHead(storedHash(packed)), lines: fresh });
}

// The places first: once the head has moved, nobody would come back to note them.
async function moveHead(
  ports: AppendLedgerPorts,
  move: { head: LedgerHead; next: LedgerHead; lines: readonly LedgerLine[] },
): Promise<'appended' | 'lost'> {
  const { head, next, lines } = move;
  const places = lines.flatMap(({ placedId }, offset) =>
    placedId === undefined ? [] : { placedId, object: head.objects, index: head.size + offset },
  );
  await ports.places.note(places);
  const replaced = await ports.heads.replace(head, next, lines.map(changeOf));
  if (replaced === 'moved') return 'lost';
  if (Math.floor(next.size / ports.maxWaiting) > Math.floor(head.size / ports.maxWaiting)) await ports.askForSeal(next);
  return 'appended';
}

/** Another writer stored this object and has not moved the head: it is slow, or it died. Whoever comes next does it for it. */
async function finishOther(ports: AppendLedgerPorts, head: LedgerHead): Promise<void> {
  const key = LEDGER_PREFIX + objectKey(head.objects);
  const packed = await ports.reader.get(key);
  if (packed === undefined) throw new Error(`${key} exists and cannot be read`);
  const data = gunzipSync(packed);
  const rolled = rollForward(head, { data, storedHash: storedHash(packed) });
  if (rolled.kind === 'does-not-follow') throw new Error(`${key} does not follow the head: ${rolled.why}`);
  const lines = [...objectLines(data).records].map((line) => lineOf(JSON.parse(lineText(line)), lineText(line)));
  await moveHead(ports, { head, next: rolled.head, lines });
}

function changeOf({ id, seq, at }: LedgerLine): StreamChange {
  return { id, seq, at };
}
