import type { RequestId } from '../request.ts';
import type { ReviewId, ReviewKind } from '../review.ts';
import type { SubjectKey } from '../subject.ts';

/** "Send the receipt of this request." Names the record; the address stays in the table. */
export interface ReceiptOrder {
  subjectKey: SubjectKey;
  requestId: RequestId;
}

/** Queue towards `send-mail`. At least once: an order may arrive twice. */
export interface MailQueue {
  order(order: ReceiptOrder): Promise<void>;
}

/** Something that became true, for other systems. Holds no personal data but the subject key. */
export interface DomainEvent {
  type: 'opt-out.effective' | 'opt-in.effective';
  subjectKey: SubjectKey;
  requestId: RequestId;
  scopes: readonly string[];
  /** ISO 8601, UTC. */
  at: string;
}

/** A mail waits for a person. */
export interface ReviewOpened {
  type: 'review.opened';
  reviewId: ReviewId;
  kind: ReviewKind;
  intents: readonly string[];
  /** Absent: nobody knows whose it is. */
  subjectKey?: SubjectKey;
  /** ISO 8601, UTC. */
  at: string;
}

/** So many records wait that the ledger should be sealed before its schedule. */
export interface SealDue {
  type: 'ledger.seal-due';
  /** Leaves of the ledger. */
  size: number;
}

/** Bus for other systems. At least once; equal events of a request have equal `requestId` and `type`. */
export interface EventBus {
  publish(event: DomainEvent | ReviewOpened | SealDue): Promise<void>;
}
