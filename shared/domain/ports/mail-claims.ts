import type { Confirmation } from '../confirmation.ts';
import type { EpochSeconds } from '../epoch.ts';
import type { GuardedKind } from '../mail-kind.ts';
import type { ReceiptState, Request } from '../request.ts';

/** The right of one attempt to send one mail about a request. */
export interface MailClaim {
  kind: GuardedKind;
  request: Request;
  /** Names this attempt; another delivery of the same message has another one. */
  attemptId: string;
  /** The single-use links that this mail carries; they exist exactly when the claim does. */
  confirmations: readonly Confirmation[];
  now: Date;
  expiresAt: EpochSeconds;
}

/**
 * Sees to it that an address gets at most one mail of a kind within the guard's time (EM-09) and that a message delivered twice sends one
 * mail. Kinds do not stand in each other's way. A claim is taken before the mail is sent and never lapses within its time: when it is not
 * known whether a mail went out, none follows.
 */
export interface MailClaims {
  /**
   * `claimed`: this attempt may send. `claimed-before`: another attempt for this request holds the claim and may have sent.
   * `withheld`: another request's mail of this kind went to this address within the guard's time.
   */
  claim(claim: MailClaim): Promise<'claimed' | 'claimed-before' | 'withheld'>;
  /** Gives back a claim of this attempt, links included, when it is certain that no mail went out. Harmless when there is none. */
  release(claim: MailClaim): Promise<void>;
  /** Notes how it ended and forgets the address (NO-01), if that may follow what is known: see {@link RECEIPT_FOLLOWS}. Harmless when repeated. */
  settle(request: Pick<Request, 'subjectKey' | 'requestId'>, receipt: Exclude<ReceiptState, 'pending'>): Promise<void>;
}
