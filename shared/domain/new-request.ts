import { isMailable } from './email.ts';
import { secondsAfter } from './epoch.ts';
import { maskAddress } from './mask.ts';
import { POLICY_VERSION } from './policy.ts';
import type { Manner, Request, RequestId, RequestStatus } from './request.ts';
import type { ScopeName } from './scope.ts';
import type { Identifier, SubjectKey } from './subject.ts';

/** All that is known when a request of a person arrives. */
export interface RequestFacts {
  requestId: RequestId;
  subjectKey: SubjectKey;
  identifier: Identifier;
  scopes: readonly ScopeName[];
  manner: Manner;
  receivedAt: Date;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
  /** `false`: nobody is written to, since a robot asked, the address takes no mail (RF-09), or the page said it all. */
  wantsReceipt?: boolean;
  /** For an opt-in: the words that were shown. */
  wording?: string;
  /** The person's keys under older ring keys. */
  otherKeys?: readonly SubjectKey[];
  /** Whole days that the record is kept (CC-25). */
  requestDays: number;
}

/** The record of a request; a mail follows it where the address takes mail, unless none is wanted. */
export function newRequest(facts: RequestFacts, status: RequestStatus): Request {
  const { identifier, requestDays, site, isSuspect = false, wantsReceipt = true, ...known } = facts;
  const willMail = wantsReceipt && isMailable(identifier);
  return {
    ...known,
    ...(site === undefined ? {} : { site }),
    isSuspect,
    status,
    policyVersion: POLICY_VERSION,
    maskedAddress: maskAddress(identifier),
    ...(willMail ? { mailTo: identifier.canonical, receipt: 'pending' } : { receipt: 'none' }),
    expiresAt: secondsAfter(facts.receivedAt, requestDays, 'days'),
  };
}
