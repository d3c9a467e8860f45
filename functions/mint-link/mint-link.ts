import { LINK_SCOPE } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import { scopeName } from '../../shared/domain/scope.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import type { LinkAnswer } from '../../shared/http/schemas/links.ts';

interface LinkAsked {
  identifier: Identifier;
  list?: string | undefined;
  campaign?: string | undefined;
  locale?: string | undefined;
}

/** An unsubscribe link and its two headers with the exact values of RFC 8058 §3.1 (RF-01, RF-07). */
export function mintLink({ links, publicUrl }: { links: Links; publicUrl: string }) {
  return async ({ identifier, list, campaign, locale }: LinkAsked): Promise<LinkAnswer> => {
    const scope = scopeName({ ...LINK_SCOPE, ...(list === undefined ? {} : { list }) });
    const url = `${publicUrl}/u/${await links.seal({ use: 'unsubscribe', identifier, scope, campaign, locale })}`;
    return { url, headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } };
  };
}
