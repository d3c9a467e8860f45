import { domainToUnicode } from 'node:url';
import { identify } from '../support/sample-opt-out.ts';

/** An address that must turn up nowhere but where addresses may be. */
export interface Canary {
  typed: string;
  kind: 'email' | 'phone';
  /** Every writing by which it could be known again. */
  forms: readonly string[];
}

/** @param typed an address in whatever spelling. */
export function canary(typed: string): Canary {
  const { kind, canonical } = identify(typed);
  const texts = kind === 'email' ? [typed, canonical].flatMap(partsOfEmail) : [typed, canonical, canonical.slice(-9)];
  return { typed, kind, forms: [...new Set(texts.flatMap(writings))] };
}

/** The first form of a canary that stands in a text, whatever the case of letters; `undefined` when there is none. */
export function findIn(text: string, { forms }: Canary): string | undefined {
  const lower = text.toLowerCase();
  return forms.find((form) => text.includes(form) || lower.includes(form.toLowerCase()));
}

function partsOfEmail(address: string): string[] {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return [address, address.slice(0, at), domain, domainToUnicode(domain)].filter(
    (part) => !['', 'example.org'].includes(part),
  );
}

function writings(text: string): string[] {
  const base64 = [0, 1, 2].map((offset) => base64Inside(text, offset));
  return [
    text,
    text.normalize('NFD'),
    encodeURIComponent(text),
    new URLSearchParams({ '': text }).toString().slice(1),
    JSON.stringify(text).slice(1, -1),
    Array.from(text, (letter) =>
      letter > '~' ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
    ).join(''),
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    Buffer.from(text).toString('hex'),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

// What Base64 makes of a text depends on how many bytes stand before it: only the characters that the text alone decides are kept.
function base64Inside(text: string, offset: number): string {
  const encoded = Buffer.from('\0'.repeat(offset) + text).toString('base64');
  const bytes = offset + Buffer.byteLength(text);
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes * 8) / 6));
}
