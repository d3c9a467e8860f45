import { tokenOfUrl } from '../domain/unsubscribe-link.ts';

/** Both headers, as exact values on one line each; a mail library may fold them at the blank. Type, so that it goes wherever a record goes. */
export type UnsubscribeHeaders = {
  'List-Unsubscribe': string;
  'List-Unsubscribe-Post': string;
};

/**
 * The two headers of RFC 8058 §3.1, the link first (RF-01, RF-07). `mailto` is a whole URI, see {@link unsubscribeMailto}.
 * DKIM has to sign both. Throws when one of the two would break the header.
 */
export function listUnsubscribeHeaders({
  url,
  mailto,
}: {
  url: string;
  mailto?: string | undefined;
}): UnsubscribeHeaders {
  checkLink(url);
  if (mailto !== undefined && !/^mailto:/i.test(mailto)) throw new TypeError('mailto is not a mailto: URI');
  const uris = [url, ...(mailto === undefined ? [] : [mailto])];
  if (uris.some((uri) => BREAKS_HEADER.test(uri)))
    throw new TypeError('A URI of the header holds a character that would end it');
  return {
    'List-Unsubscribe': uris.map((uri) => `<${uri}>`).join(', '),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** A `mailto:` URI (RFC 6068) by which a mail program asks for the same: the link's token stands in the subject. */
export function unsubscribeMailto({ address, url }: { address: string; url: string }): string {
  checkLink(url);
  const at = address.lastIndexOf('@');
  const to = `${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`;
  return `mailto:${to}?subject=${encodeURIComponent(`unsubscribe ${tokenOfUrl(url)}`)}`;
}

/** Throws unless the link is one that a mail may carry: https, or http on this machine. */
export function checkLink(url: string): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const isLocal = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  if (protocol !== 'https:' && !isLocal) throw new TypeError('The link is not an https URL');
}

// RFC 2369 §2: brackets end a URI, commas part them; blanks and line ends would let a stranger write headers.
const BREAKS_HEADER = /[^!-~]|[<>,"]/;
