import type { ComplaintState } from '../complaint.ts';
import type { DeletedBy, DeletionId } from '../contact/deletion.ts';
import type { RequestId } from '../request.ts';
import type { ReviewId, ReviewKind } from '../review.ts';
import type { SubjectKey } from '../subject.ts';

/** A choice is in force. Like every event here it holds no personal data but the subject key; times are ISO 8601, UTC. */
export interface ChoiceEffective {
  type: 'opt-out.effective' | 'opt-in.effective' | 'pause.effective' | 'erasure.effective' | 'burst-undo.effective';
  subjectKey: SubjectKey;
  requestId: RequestId;
  scopes: readonly string[];
  at: string;
  /** End of a pause. */
  until?: string;
}

/** A complaint came in or moved on. Nothing of what it says. */
export interface ComplaintMoved {
  type: `complaint.${ComplaintState}`;
  subjectKey: SubjectKey;
  requestId: RequestId;
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
  at: string;
}

/** Heed has deleted a class of a contact's data; these systems must follow and acknowledge it. */
export interface ClassExpired {
  type: 'contact.class.expired';
  subjectKey: SubjectKey;
  deletionId: DeletionId;
  class: string;
  method: 'delete' | 'anonymise';
  due: string;
  deletedAt: string;
  by: DeletedBy;
  systems: readonly string[];
  policyVersion?: string;
}

/** All systems have followed. */
export interface ClassDone {
  type: 'contact.class.done';
  subjectKey: SubjectKey;
  deletionId: DeletionId;
  class: string;
}

/** Something that became true, for other systems. */
export type DomainEvent = ChoiceEffective | ComplaintMoved | ReviewOpened | ClassExpired | ClassDone;

/** So many records wait that the ledger should be sealed before its schedule. */
export interface SealDue {
  type: 'ledger.seal-due';
  /** Leaves of the ledger. */
  size: number;
}

/** Bus for other systems. At least once; equal events have equal `type` and an equal `requestId`, `reviewId` or `deletionId`. */
export interface EventBus {
  publish(event: DomainEvent | SealDue): Promise<void>;
}
