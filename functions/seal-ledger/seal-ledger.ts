import {
  checkpointKey,
  checkpointKeySize,
  checkpointOf,
  sealCheckpoint,
  verifyCheckpoint,
} from '../../shared/domain/ledger/checkpoint.ts';
import { headRoot, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import { noteKey } from '../../shared/domain/ledger/note-keys.ts';
import type { Signer } from '../../shared/domain/ledger/signed-note.ts';
import type { LedgerHeads } from '../../shared/domain/ports/ledger-log.ts';
import type { LedgerObjects, LedgerReader } from '../../shared/domain/ports/ledger-objects.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX } from '../../shared/names.ts';

export interface SealLedgerPorts {
  heads: Pick<LedgerHeads, 'read'>;
  objects: LedgerObjects;
  reader: LedgerReader;
  signer: () => Promise<Signer>;
  now: () => Date;
}

export type SealOutcome = 'sealed' | 'nothing-new';

/**
 * Signs the head as a checkpoint and publishes it with its public key. A checkpoint stands under its tree's size and nothing is overwritten, so
 * sealing twice changes nothing. Rejects with {@link LedgerRolledBack} when a larger tree was sealed before, or another one of this size.
 */
export function sealLedger(ports: SealLedgerPorts) {
  const publishKey = keyPublisher(ports);
  return async (): Promise<SealOutcome> => {
    const { head, readAt } = await readHead(ports);
    if (head.objects === 0) return 'nothing-new';
    const signer = await ports.signer();
    if (await isSealed(ports, head, signer)) return 'nothing-new';
    await publishKey(signer);
    const time = `${readAt.toISOString().slice(0, 19)}Z`;
    const note = await sealCheckpoint(checkpointOf(head, signer.name, time), [signer]);
    const stored = await ports.objects.putOnce(keyOf(head.size), Buffer.from(note));
    return stored === 'stored' ? 'sealed' : 'nothing-new';
  };
}

/** The head tells another history than what was sealed: restored from a backup, or tampered with. */
export class LedgerRolledBack extends Error {
  override readonly name = 'LedgerRolledBack';
}

// A later checkpoint is no rollback when the head has reached it meanwhile: another seal ran beside this one, with a later head.
async function readHead({ heads, reader, now }: SealLedgerPorts): Promise<{ head: LedgerHead; readAt: Date }> {
  for (let reached = 0; ; ) {
    const head = await heads.read();
    // The time of the head, not of the signature: of two seals side by side the larger tree bears the later time.
    const readAt = now();
    if (head.size < reached) throw new LedgerRolledBack(`The head stands at ${head.size}, and ${reached} was sealed`);
    const later = await reader.firstAfter(CHECKPOINT_PREFIX, keyOf(head.size));
    if (later === undefined) return { head, readAt };
    reached = checkpointKeySize(later) ?? Number.POSITIVE_INFINITY;
  }
}

// Listed before it is read: to a role that may not list everything, S3 answers 403 for a key that nothing has.
async function isSealed({ reader }: SealLedgerPorts, head: LedgerHead, { name, publicKey }: Signer): Promise<boolean> {
  const key = keyOf(head.size);
  if ((await reader.firstAfter(CHECKPOINT_PREFIX, keyOf(head.size - 1))) !== key) return false;
  const note = Buffer.from((await reader.get(key)) ?? []).toString();
  const verdict = verifyCheckpoint(note, [noteKey(name, publicKey)]);
  if (verdict.kind === 'verified' && verdict.checkpoint.root === headRoot(head)) return true;
  throw new LedgerRolledBack(`Another tree of size ${head.size} was sealed before`);
}

// Once per instance: the key is there already but for the very first time.
function keyPublisher({ objects }: SealLedgerPorts) {
  let published = '';
  return async ({ name, publicKey }: Signer): Promise<void> => {
    const { id, vkey } = noteKey(name, publicKey);
    if (id === published) return;
    await objects.putOnce(`${KEY_PREFIX}${id}.vkey`, Buffer.from(`${vkey}\n`));
    published = id;
  };
}

function keyOf(size: number): string {
  return CHECKPOINT_PREFIX + checkpointKey(size);
}
