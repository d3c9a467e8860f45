import { newRequest } from '../../shared/domain/new-request.ts';
import { LINK_REQUEST_DAYS } from '../../shared/domain/policy.ts';
import type { RequestBook } from '../../shared/domain/ports/requests.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';

export interface OrderPreferencesLinkPorts {
  book: RequestBook;
  subjectKeys: SubjectKeys;
  newRequestId: () => RequestId;
  now: () => Date;
}

interface LinkAsked {
  identifier: Identifier;
  locale: string;
  site?: string | undefined;
  isSuspect: boolean;
}

/**
 * Takes down the wish for a link by mail; the mail follows from there, at most one in the guard's time (EM-09). One write that reads nothing,
 * the same for known and unknown addresses and for those that take no mail (EM-10).
 */
export function orderPreferencesLink({ book, subjectKeys, newRequestId, now }: OrderPreferencesLinkPorts) {
  return async ({ identifier, ...asked }: LinkAsked): Promise<void> => {
    const facts = {
      ...asked,
      identifier,
      requestId: newRequestId(),
      subjectKey: subjectKeys.current(identifier),
      scopes: [],
      manner: 'preference-page',
      receivedAt: now(),
      requestDays: LINK_REQUEST_DAYS,
    } as const;
    await book.enter(newRequest(facts, { type: 'preferences-link', state: 'asked' }));
  };
}
