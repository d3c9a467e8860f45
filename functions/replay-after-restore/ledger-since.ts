import type { Defect } from '../../shared/domain/ledger/defect.ts';
import type { Gunzip } from '../../shared/domain/ledger/gunzip.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';
import { lineText, objectLines } from '../../shared/domain/ledger/object-lines.ts';
import { type LedgerRecord, parseRecord } from '../../shared/domain/ledger/record.ts';
import { verifyLedger } from '../../shared/domain/ledger/verify-ledger.ts';
import { DEFAULT_LIMITS } from '../../shared/domain/ledger/verify-limits.ts';
import type { StoredLedger } from '../../shared/domain/ports/stored-ledger.ts';

interface LedgerPorts {
  ledger: StoredLedger;
  gunzip: Gunzip;
}

/** Checks the whole ledger. Resolves with the number of its defects: what is replayed from one that is not sound may be anybody's wish. */
export async function countDefects(
  { ledger, gunzip }: LedgerPorts,
  { keys, now, onDefect }: { keys: readonly NoteKey[]; now: Date; onDefect: (defect: Defect) => void },
): Promise<number> {
  const run = verifyLedger({
    checkpoints: await ledger.checkpoints(),
    objects: ledger.objects(),
    ...{ keys, gunzip, limits: { now: now.toISOString() } },
  });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value.defects;
    onDefect(step.value);
  }
}

/** Records from this moment on (ISO 8601, to the second), in the ledger's order and in constant memory. */
export async function* recordsSince({ ledger, gunzip }: LedgerPorts, since: string): AsyncGenerator<LedgerRecord> {
  for await (const { bytes } of ledger.objects()) {
    const unpacked = await gunzip(bytes, DEFAULT_LIMITS.maxObjectBytes);
    if (unpacked.kind !== 'whole') continue;
    for (const line of objectLines(unpacked.data).records) {
      const record = parseRecord(lineText(line));
      if (record !== undefined && record.at >= since) yield record;
    }
  }
}
