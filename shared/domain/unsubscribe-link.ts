import { LINK_SCOPE } from './policy.ts';
import type { LinkClaims } from './ports/links.ts';
import { scopeName } from './scope.ts';
import type { Identifier } from './subject.ts';

/** No `@` and no space: a campaign's name must not carry a readable address into a link (EM-06). */
export const CAMPAIGN_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The characters of a BCP 47 tag, in any order. */
export const LANGUAGE_PATTERN = /^[A-Za-z0-9-]{1,35}$/;

/** Path under which a link's token stands. */
const PATH = '/u/';

export interface LinkFacts {
  identifier: Identifier;
  /** Absent: all marketing by e-mail. */
  list?: string | undefined;
  campaign?: string | undefined;
  locale?: string | undefined;
}

/** What an unsubscribe link says, whoever mints it. */
export function unsubscribeClaims({ identifier, list, campaign, locale }: LinkFacts) {
  const scope = scopeName({ ...LINK_SCOPE, ...(list === undefined ? {} : { list }) });
  return { use: 'unsubscribe', identifier, scope, campaign, locale } satisfies LinkClaims;
}

/** The link that carries a token. `publicUrl` has no slash at its end. */
export function unsubscribeUrl(publicUrl: string, token: string): string {
  return publicUrl + PATH + token;
}

/** The token of such a link. */
export function tokenOfUrl(url: string): string {
  return url.slice(url.lastIndexOf(PATH) + PATH.length);
}
