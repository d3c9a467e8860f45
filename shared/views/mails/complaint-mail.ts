import { type Day, startOf } from '../../domain/calendar/day.ts';
import type { RequestId } from '../../domain/request.ts';
import type { PageFrame } from '../layout.ts';
import { describeDay, describeMoment } from '../moment.ts';
import { type ComposedMail, mail } from './mail.ts';

export interface ComplaintMail extends PageFrame {
  requestId: RequestId;
  receivedAt: Date;
  answerBy: Day;
}

/** Acknowledges a complaint (UK-01). It repeats nothing of its text: whoever complained may have typed somebody else's address. */
export function complaintMail(content: ComplaintMail): ComposedMail {
  const { strings, brand, requestId, receivedAt, answerBy } = content;
  return mail({
    ...content,
    subject: strings('mail.complaint.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.complaint.intro', { time: describeMoment(strings, receivedAt) }) },
      { kind: 'paragraph', text: strings('complained.next', { day: describeDay(strings, startOf(answerBy)) }) },
      { kind: 'facts', facts: [[strings('complained.number'), requestId]] },
      { kind: 'note', text: strings('mail.why.complaint', { brand: brand.name }) },
    ],
  });
}
