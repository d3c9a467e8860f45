import { isMailable } from './email.ts';
import { secondsAfter } from './epoch.ts';
import { maskAddress } from './mask.ts';
import { POLICY_VERSION } from './policy.ts';
import type { ComplaintMatter, Intake, Manner, Request, RequestId, RequestStatus } from './request.ts';
import type { ScopeName } from './scope.ts';
import type { SourceKey } from './source.ts';
import type { OptOutName, SubjectKey } from './subject.ts';

/** All that is known when a request of a person arrives. */
export interface RequestFacts {
  requestId: RequestId;
  subjectKey: SubjectKey;
  identifier: OptOutName;
  scopes: readonly ScopeName[];
  manner: Manner;
  receivedAt: Date;
  locale: string;
  site?: string | undefined;
  source?: SourceKey | undefined;
  isSuspect?: boolean;
  /** `false`: nobody is written to, since a robot asked, the address takes no mail (RF-09), or the page said it all. */
  wantsReceipt?: boolean;
  /** A person should look: it is not sure what was meant. */
  needsReview?: boolean;
  /** Our number, if a text came to it and is confirmed from it. */
  textFrom?: string | undefined;
  /** For an opt-in: the words that were shown. */
  wording?: string;
  /** The person's keys under older ring keys. */
  otherKeys?: readonly SubjectKey[];
  intake?: Intake;
  complaint?: ComplaintMatter;
  /** Whole days that the record is kept (CC-25). */
  requestDays: number;
}

/** The record of a request; a mail follows it where the address takes mail, unless none is wanted. */
export function newRequest(facts: RequestFacts, status: RequestStatus): Request {
  const { identifier, requestDays, site, source, isSuspect = false, wantsReceipt = true, ...others } = facts;
  const { needsReview, textFrom, ...known } = others;
  return {
    ...known,
    ...(site === undefined ? {} : { site }),
    ...(source === undefined ? {} : { source }),
    isSuspect,
    ...(needsReview ? { needsReview } : {}),
    status,
    policyVersion: POLICY_VERSION,
    maskedAddress: maskAddress(identifier),
    ...(wantsReceipt ? receiptFor(identifier, textFrom) : { receipt: 'none' }),
    expiresAt: secondsAfter(facts.receivedAt, requestDays, 'days'),
  };
}

function receiptFor(
  identifier: OptOutName,
  textFrom: string | undefined,
): Pick<Request, 'receipt' | 'mailTo' | 'textTo' | 'textFrom'> {
  if (isMailable(identifier)) return { mailTo: identifier.canonical, receipt: 'pending' };
  if (identifier.kind === 'phone' && textFrom !== undefined)
    return { textTo: identifier.canonical, textFrom, receipt: 'pending' };
  return { receipt: 'none' };
}
