import { newRequest } from '../../shared/domain/new-request.ts';
import type { RequestBook } from '../../shared/domain/ports/requests.ts';
import type { Manner, Request, RequestId } from '../../shared/domain/request.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';

export interface RequestErasurePorts {
  book: RequestBook;
  subjectKeys: SubjectKeys;
  newRequestId: () => RequestId;
  now: () => Date;
  /** Whole days that the record is kept (CC-25). */
  requestDays: number;
}

interface ErasureAsked {
  identifier: Identifier;
  manner: Extract<Manner, 'form' | 'api'>;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
}

/** Takes down that somebody wants data erased; a mail asks the owner of the mailbox. One write that reads nothing, the same for all (EM-10). */
export function requestErasure({ book, subjectKeys, newRequestId, now, requestDays }: RequestErasurePorts) {
  return async ({ identifier, ...asked }: ErasureAsked): Promise<Request> => {
    const [subjectKey, ...otherKeys] = subjectKeys.all(identifier);
    const facts = {
      ...asked,
      identifier,
      requestId: newRequestId(),
      subjectKey,
      scopes: [],
      receivedAt: now(),
      requestDays,
    };
    const status = { type: 'erasure', state: 'awaiting-confirmation' } as const;
    const request = newRequest({ ...facts, ...(otherKeys.length > 0 && { otherKeys }) }, status);
    await book.enter(request);
    return request;
  };
}
