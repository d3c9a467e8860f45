import type { PlacedId } from '../ledger/placed-id.ts';
import type { LedgerReceipt } from '../ledger/receipt.ts';

/** Proof that a record stands in the sealed ledger, or that it waits for the next seal. */
export type RecordProof =
  | { state: 'sealed'; receipt: LedgerReceipt }
  /** It is written, or will be, and no checkpoint covers it yet. */
  | { state: 'not-yet-sealed' };

/** Proves single records. */
export interface LedgerProofs {
  /** Against the first checkpoint that holds the record. Rejects when the ledger does not answer or lacks an object. */
  prove(placedId: PlacedId): Promise<RecordProof>;
}
