import type { Day } from '../../shared/domain/calendar/day.ts';
import { complaintDays } from '../../shared/domain/complaint.ts';
import { newRequest } from '../../shared/domain/new-request.ts';
import { OPEN_COMPLAINT_DAYS } from '../../shared/domain/policy.ts';
import type { RequestBook } from '../../shared/domain/ports/requests.ts';
import type { Manner, Request, RequestId } from '../../shared/domain/request.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';

export interface TakeComplaintPorts {
  book: RequestBook;
  subjectKeys: SubjectKeys;
  newRequestId: () => RequestId;
  now: () => Date;
}

export interface Complained {
  identifier: Identifier;
  /** Harmless text, not empty. */
  text: string;
  reference?: string | undefined;
  manner: Manner;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
}

/**
 * Takes a complaint down; the mail that acknowledges it follows from there, at most one in the guard's time (EM-09). One write that reads
 * nothing, the same for known and unknown addresses (EM-10).
 */
export function takeComplaint({ book, subjectKeys, newRequestId, now }: TakeComplaintPorts) {
  return async ({
    identifier,
    text,
    reference,
    ...asked
  }: Complained): Promise<{ request: Request; answerBy: Day }> => {
    const receivedAt = now();
    const days = complaintDays(receivedAt);
    const facts = {
      ...asked,
      identifier,
      requestId: newRequestId(),
      subjectKey: subjectKeys.current(identifier),
      scopes: [],
      receivedAt,
      complaint: { text, ...(reference ? { reference } : {}), answerTo: identifier, steps: [] },
      requestDays: OPEN_COMPLAINT_DAYS,
    };
    const request = newRequest(facts, { type: 'complaint', state: 'received', ...days });
    await book.enter(request);
    return { request, answerBy: days.answerBy };
  };
}
