import { derivedId } from './derived-id.ts';
import { type OptOutFacts, optOutRequest } from './opt-out-request.ts';
import { LINK_SCOPE } from './policy.ts';
import type { Manner, Request } from './request.ts';
import { type ScopeName, scopeName } from './scope.ts';

export interface ReportedFacts
  extends Pick<OptOutFacts, 'subjectKey' | 'identifier' | 'receivedAt' | 'locale' | 'requestDays'> {
  manner: Extract<Manner, 'feedback-report' | 'bounce' | 'ses-list' | 'sms'>;
  /** Absent: marketing by e-mail. */
  scopes?: readonly ScopeName[];
  /** Names what was reported, so that a report which comes twice is one request. */
  report: readonly string[];
}

/**
 * The opt-out that follows when a mail system reports a complaint, or an address that cannot be reached (SE-05), or when a phone network has
 * somebody on its list (TC-06): at once. Nobody is written to.
 */
export function reportedOptOut({ report, scopes = [scopeName(LINK_SCOPE)], ...facts }: ReportedFacts): Request {
  return optOutRequest({
    ...facts,
    scopes,
    requestId: derivedId('req_', facts.subjectKey, facts.manner, ...report),
    wantsReceipt: false,
  });
}
