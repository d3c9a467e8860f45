import type { RequestId } from '../request.ts';
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
