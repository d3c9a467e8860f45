import { verifyCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import type { Defect } from '../../shared/domain/ledger/defect.ts';
import type { Gunzip } from '../../shared/domain/ledger/gunzip.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';
import type { LedgerReceipt } from '../../shared/domain/ledger/receipt.ts';
import { type VerifySummary, verifyLedger } from '../../shared/domain/ledger/verify-ledger.ts';
import type { StoredLedger } from '../../shared/domain/ports/stored-ledger.ts';

export interface VerifyLedgerPorts {
  ledger: StoredLedger;
  gunzip: Gunzip;
  now: () => Date;
  /** Told each defect as soon as it is certain. */
  onDefect: (defect: Defect) => void;
  onProgress: (progress: { objects: number; records: number }) => void;
}

/** With what to check: keys, and what the checker holds. */
export interface Evidence {
  keys: readonly NoteKey[];
  /** A checkpoint's note: what it seals is taken as known, and not read again. */
  since?: string;
  receipt?: LedgerReceipt;
}

export interface Verdict extends VerifySummary {
  outcome: 'sound' | 'defect' | 'nothing-there';
  /** Time of the newest checkpoint that agrees; absent when none does. */
  lastSealedAt?: string;
  /** Records that no checkpoint covers yet. */
  unsealedRecords: number;
}

/** Checks a stored ledger to its end, in constant memory. Rejects when something cannot be read: then there is no verdict. */
export function verifyStoredLedger({ ledger, gunzip, now, onDefect, onProgress }: VerifyLedgerPorts) {
  return async (evidence: Evidence): Promise<Verdict> => {
    const held = heldCheckpoint(evidence);
    // The checkpoints first: each speaks of objects that are listed after it was.
    const checkpoints = await ledger.checkpoints(held?.size);
    const objects = ledger.objects(held?.object.number);
    const limits = { now: now().toISOString() };
    const summary = await runToEnd(
      verifyLedger({ ...evidence, objects, checkpoints, gunzip, limits, onProgress }),
      onDefect,
    );
    const lastSealedAt = await sealedTime(ledger, evidence, summary);
    return {
      ...summary,
      outcome: outcomeOf(summary),
      ...(lastSealedAt === undefined ? {} : { lastSealedAt }),
      unsealedRecords: Math.max(0, summary.size - summary.sealedSize),
    };
  };
}

function outcomeOf({ defects, objects, checkpoints }: VerifySummary): Verdict['outcome'] {
  if (defects > 0) return 'defect';
  return objects + checkpoints === 0 ? 'nothing-there' : 'sound';
}

// One that is not verified is reported by the verifier, which then reads everything.
function heldCheckpoint({ since, keys }: Evidence) {
  const verdict = since === undefined ? undefined : verifyCheckpoint(since, keys);
  return verdict?.kind === 'verified' ? verdict.checkpoint : undefined;
}

async function runToEnd(run: AsyncGenerator<Defect, VerifySummary>, onDefect: (defect: Defect) => void) {
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value;
    onDefect(step.value);
  }
}

async function sealedTime(ledger: StoredLedger, evidence: Evidence, { sealedSize }: VerifySummary) {
  const { keys } = evidence;
  if (sealedSize === 0) return undefined;
  for await (const { text } of await ledger.checkpoints(sealedSize)) {
    const verdict = verifyCheckpoint(text, keys);
    if (verdict.kind === 'verified' && verdict.checkpoint.size === sealedSize) return verdict.checkpoint.time;
    break;
  }
  const held = heldCheckpoint(evidence);
  return held?.size === sealedSize ? held.time : undefined;
}
