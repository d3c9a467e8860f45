import type { AddressResult } from '../../shared/domain/address-problem.ts';
import { canonicalEmail } from '../../shared/domain/email.ts';
import { canonicalPhone } from '../../shared/domain/phone.ts';
import { LINK_SCOPE, TEXT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { ReportedFacts } from '../../shared/domain/reported-opt-out.ts';
import { type Scope, type ScopeName, scopeName } from '../../shared/domain/scope.ts';

/** What it means to stand on a list that somebody else keeps. */
export interface Listed {
  canonical: (address: string) => AddressResult;
  /** Who is opted out of this for good needs nothing more. */
  about: Scope;
  scopes: readonly ScopeName[];
  manner: ReportedFacts['manner'];
  /** Older entries count as well, however old: nobody can have opted in again since. */
  isReadWhole: boolean;
}

/** SES's own list: complaints and bounces. */
export const LISTED_BY_SES: Listed = {
  canonical: canonicalEmail,
  about: LINK_SCOPE,
  scopes: [scopeName(LINK_SCOPE)],
  manner: 'ses-list',
  isReadWhole: false,
};

/** The list of AWS End User Messaging: numbers that texted STOP, or that somebody put there (TC-06). */
export const LISTED_FOR_TEXTS: Listed = {
  canonical: canonicalPhone,
  about: { channel: 'sms', purpose: 'any' },
  scopes: TEXT_OPT_OUT_SCOPES,
  manner: 'sms',
  isReadWhole: true,
};
