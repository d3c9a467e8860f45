import type { Defect } from '../../shared/domain/ledger/defect.ts';
import type { LedgerExport } from '../../shared/domain/ledger/export-ledger.ts';

/** A defect in one line; `verify-ledger` says more of it. */
export function defectLine({ kind, place }: Defect): string {
  // As JSON: names of files come from whoever made them, and may hold control characters.
  return `DEFECT  ${kind} ${JSON.stringify(place)}\n`;
}

export function doneLines({ count, sealed, summary }: LedgerExport, keyOrigin: 'given' | 'found-in-ledger'): string {
  const verdict = summary.defects === 0 ? 'The ledger is sound.' : `${summary.defects} defects: see verify-ledger.`;
  const proofs = sealed === undefined ? 'Nothing is sealed: there are no proofs.' : `Proofs lead to ${sealed.key}.`;
  const warning =
    keyOrigin === 'given'
      ? ''
      : 'The public key was found in the ledger itself. Compare it with the published one, or give that with --public-key.\n';
  return `${count} of ${summary.records} records exported. ${verdict}\n${proofs}\n${warning}`;
}
