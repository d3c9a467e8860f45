import * as z from 'zod/mini';
import { canonicalEmail } from '../domain/email.ts';
import { CAMPAIGN_PATTERN, LANGUAGE_PATTERN, unsubscribeClaims } from '../domain/unsubscribe-link.ts';

/**
 * What senders seal: the body of `POST /v1/links`. It has no place for a use, so nothing but an unsubscribe can be said. Only the address
 * must be right: an opt-out never fails for the name of a campaign or a list.
 */
const senderClaimsSchema = z.strictObject({
  email: z.string(),
  list: z.optional(z.unknown()),
  campaign: z.optional(z.unknown()),
  locale: z.optional(z.unknown()),
});

/**
 * Claims out of a token that anybody could have sealed. The address is made canonical here, as the minter need not have. A list that is
 * not one of `lists` stops all marketing by e-mail: unbounded names could hold personal data, or pile up under a stranger's address.
 * Throws on anything else.
 */
export function readSenderClaims(sealed: unknown, lists: readonly string[]) {
  const { email, list, campaign, locale } = senderClaimsSchema.parse(sealed);
  const address = canonicalEmail(email);
  if (!address.ok) throw new Error(`A sealed address is refused: ${address.problem.code}`);
  return unsubscribeClaims({
    identifier: address.identifier,
    list: lists.find((known) => known === list),
    campaign: textOf(CAMPAIGN_PATTERN, campaign),
    locale: textOf(LANGUAGE_PATTERN, locale),
  });
}

function textOf(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}
