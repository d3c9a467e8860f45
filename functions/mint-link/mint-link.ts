import { canonicalEmail } from '../../shared/domain/email.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import { type LinkFacts, unsubscribeClaims, unsubscribeUrl } from '../../shared/domain/unsubscribe-link.ts';
import type { LinkAnswer, LinksAnswer } from '../../shared/http/schemas/links.ts';
import { footerBlock } from '../../shared/sender/footer-block.ts';
import { listUnsubscribeHeaders, unsubscribeMailto } from '../../shared/sender/unsubscribe-headers.ts';
import type { Settings } from '../../shared/settings.ts';

export interface MintPorts {
  links: Links;
  publicUrl: string;
  settings: Pick<Settings, 'controller' | 'inboundMail'>;
}

/** An unsubscribe link, its two headers with the exact values of RFC 8058 §3.1 (RF-01, RF-07), and the mail's footer (CS-06). */
export function mintLink({ links, publicUrl, settings: { controller, inboundMail } }: MintPorts) {
  return async (facts: LinkFacts): Promise<LinkAnswer> => {
    const url = unsubscribeUrl(publicUrl, await links.seal(unsubscribeClaims(facts)));
    const mailto = inboundMail === undefined ? undefined : unsubscribeMailto({ ...inboundMail, url });
    return {
      url,
      headers: listUnsubscribeHeaders({ url, mailto }),
      footer: footerBlock({ url, controller, locale: facts.locale }),
    };
  };
}

/** The same for many addresses. One that is none gets its problem in its place: the others' mails need not wait for it. */
export function mintLinks(ports: MintPorts) {
  const mint = mintLink(ports);
  return async (emails: readonly string[], facts: Omit<LinkFacts, 'identifier'>): Promise<LinksAnswer> => {
    const links = emails.map(async (email) => {
      const address = canonicalEmail(email);
      return address.ok ? await mint({ ...facts, identifier: address.identifier }) : { problem: address.problem.code };
    });
    return { links: await Promise.all(links) };
  };
}
