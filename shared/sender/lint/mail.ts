import PostalMime from 'postal-mime';
import { canonicalDomain } from '../../domain/mail-domain.ts';

/** Names in lower case, values unfolded, in the order of the mail. */
export type Headers = readonly { key: string; value: string }[];

/** What the checks look at. */
export interface Mail {
  headers: Headers;
  /** As lower-case A-labels. */
  fromDomain: string | undefined;
  text: string | undefined;
  html: string | undefined;
  hasLongHeaderLine: boolean;
}

/** Reads a message; `undefined` for what is none. */
export async function readMail(mime: string | Uint8Array): Promise<Mail | undefined> {
  // A mail within the mail is not this mail's text.
  const parsed = await PostalMime.parse(mime, { forceRfc822Attachments: true }).catch(() => undefined);
  if (parsed === undefined || !parsed.headers.some(({ key }) => USUAL_HEADERS.has(key))) return undefined;
  const { headers, from, text, html } = parsed;
  const address = from?.address ?? '';
  const fromDomain = canonicalDomain(address.slice(address.lastIndexOf('@') + 1));
  return { headers, fromDomain, text, html, hasLongHeaderLine: hasLongHeaderLine(mime) };
}

export function valuesOf(headers: Headers, name: string): string[] {
  return headers.filter(({ key }) => key === name).map(({ value }) => value);
}

const USUAL_HEADERS = new Set(['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'received']);

/** RFC 5322 §2.1.1, without the line's end. */
const MAX_LINE_BYTES = 998;

function hasLongHeaderLine(mime: string | Uint8Array): boolean {
  const raw = Buffer.from(mime as Uint8Array);
  // Every byte is one letter in Latin-1, so that letters are counted as bytes.
  const [header = ''] = raw.toString('latin1').split(/\r?\n\r?\n/, 1);
  return header.split(/\r?\n/).some(({ length }) => length > MAX_LINE_BYTES);
}
