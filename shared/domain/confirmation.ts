import type { EpochSeconds } from './epoch.ts';
import type { Manner, RequestId } from './request.ts';
import type { ScopeName } from './scope.ts';
import type { SubjectKey } from './subject.ts';

/** What one press of a mailed link's button does. */
export type ConfirmationPurpose = 'confirm-mailbox' | 'undo' | 'opt-in' | 'erasure';

/** The stored side of a single-use link (EM-03): bound to one purpose and one request. */
export interface Confirmation {
  tokenHash: string;
  purpose: ConfirmationPurpose;
  subjectKey: SubjectKey;
  /** The request that it acts on; for `opt-in` that of the opt-in itself. */
  requestId: RequestId;
  scopes: readonly ScopeName[];
  /** How that request came. */
  manner: Manner;
  /** When the request behind it arrived; for `opt-in` the time of step 1. */
  receivedAt: Date;
  locale: string;
  consumedAt?: Date;
  expiresAt: EpochSeconds;
}
