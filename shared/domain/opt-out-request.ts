import { isMailable } from './email.ts';
import { secondsAfter } from './epoch.ts';
import { maskAddress } from './mask.ts';
import { POLICY_VERSION } from './policy.ts';
import type { Manner, Request, RequestId } from './request.ts';
import type { ScopeName } from './scope.ts';
import type { Identifier, SubjectKey } from './subject.ts';

/** All that is known when an opt-out arrives. */
export interface OptOutFacts {
  requestId: RequestId;
  subjectKey: SubjectKey;
  identifier: Identifier;
  scopes: readonly ScopeName[];
  manner: Manner;
  receivedAt: Date;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
  /** `false`: nobody is written to, since a robot asked or the address takes no mail (RF-09). */
  wantsReceipt?: boolean;
  /** Whole days that the record is kept (CC-25). */
  requestDays: number;
}

/** The record of an opt-out; effective from the moment it is written. */
export function optOutRequest({
  identifier,
  requestDays,
  site,
  isSuspect = false,
  wantsReceipt = true,
  ...facts
}: OptOutFacts): Request {
  return {
    ...facts,
    ...(site === undefined ? {} : { site }),
    isSuspect,
    status: { type: 'opt-out', state: 'effective' },
    policyVersion: POLICY_VERSION,
    maskedAddress: maskAddress(identifier),
    ...(wantsReceipt && isMailable(identifier)
      ? { mailTo: identifier.canonical, receipt: 'pending' }
      : { receipt: 'none' }),
    expiresAt: secondsAfter(facts.receivedAt, requestDays, 'days'),
  };
}
