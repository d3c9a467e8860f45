import type { MailKind } from '../mail-kind.ts';
import type { RequestId } from '../request.ts';
import type { SubjectKey } from '../subject.ts';

/** "Send this mail about this request." Names the record; the address stays in the table. */
export interface MailOrder {
  kind: MailKind;
  subjectKey: SubjectKey;
  requestId: RequestId;
}

/** Queue towards `send-mail`. At least once: an order may arrive twice. */
export interface MailQueue {
  order(order: MailOrder): Promise<void>;
}

/** "Answer this by text message", at most until some minutes after `receivedAt` (TC-03). The number stays in the table. */
export interface TextOrder extends Omit<MailOrder, 'kind'> {
  /** ISO 8601, UTC. */
  receivedAt: string;
}

/** Queue towards `send-text`. At least once: an order may arrive twice. */
export interface TextQueue {
  order(order: TextOrder): Promise<void>;
}
