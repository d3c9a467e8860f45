import type { Confirmation } from '../../domain/confirmation.ts';
import type { GuardedKind } from '../../domain/mail-kind.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { RequestId } from '../../domain/request.ts';
import type { Review } from '../../domain/review.ts';
import type { SubjectKey } from '../../domain/subject.ts';

/** Every key of the Registry, as pure functions; writer, reader, stream consumer and test use these. */
export const SUBJECT_PREFIX = 'SUBJECT#';
export const CONFIRMATION_PREFIX = 'CONFIRMATION#';
export const REQUEST_PREFIX = 'REQUEST#';
export const REVIEW_PREFIX = 'REVIEW#';
export const SUPPRESSION_SORT = 'SUPPRESSION';
export const MAIL_GUARD_PREFIX = 'MAIL-GUARD#';
export const REACH_PREFIX = 'REACH#';
const CONFIRMATION_SORT = 'CONFIRMATION';

/** Prefix of the attributes that hold choices: `scope#email:marketing`. */
export const SCOPE_ATTRIBUTE_PREFIX = 'scope#';

/** Prefix of the attributes that name the request with which an unbroken stop began: what came later only repeated it. */
export const BEGAN_ATTRIBUTE_PREFIX = 'began#';

export function suppressionKey(subjectKey: SubjectKey): ItemKey {
  return { pk: SUBJECT_PREFIX + subjectKey, sk: SUPPRESSION_SORT };
}

export function requestKey({ subjectKey, requestId }: { subjectKey: SubjectKey; requestId: RequestId }): ItemKey {
  return { pk: SUBJECT_PREFIX + subjectKey, sk: REQUEST_PREFIX + requestId };
}

/** Where the person behind a request is written to, as long as it may be undone as part of a burst. */
export function reachKey({ subjectKey, requestId }: { subjectKey: SubjectKey; requestId: RequestId }): ItemKey {
  return { pk: SUBJECT_PREFIX + subjectKey, sk: REACH_PREFIX + requestId };
}

/** One guard per kind of mail: a receipt never holds back a mail that somebody asked for. */
export function mailGuardKey(subjectKey: SubjectKey, kind: GuardedKind): ItemKey {
  return { pk: SUBJECT_PREFIX + subjectKey, sk: MAIL_GUARD_PREFIX + kind };
}

export function confirmationKey({ tokenHash }: Pick<Confirmation, 'tokenHash'>): ItemKey {
  return { pk: CONFIRMATION_PREFIX + tokenHash, sk: CONFIRMATION_SORT };
}

/** A review of nobody known stands alone. */
export function reviewKey({ subjectKey, reviewId }: Pick<Review, 'reviewId' | 'subjectKey'>): ItemKey {
  const sk = REVIEW_PREFIX + reviewId;
  return { pk: subjectKey === undefined ? sk : SUBJECT_PREFIX + subjectKey, sk };
}

/** No item stands here; reading it shows that the table answers. */
export function healthKey(): ItemKey {
  return { pk: 'HEALTH', sk: 'HEALTH' };
}
