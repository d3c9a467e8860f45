import { domainToUnicode } from 'node:url';
import type { OptOutName } from './subject.ts';

const HIDDEN = '•••';
const HIDDEN_DIGITS = '•••••';
// Below this, two digits would be too much of the number.
const MIN_DIGITS_TO_SHOW_TWO = 7;

// ITU-T E.164: the codes of one and two digits; all others have three. Written out, since the phone library is 118 kB.
const CALLING_CODE = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * Enough of an address for its owner to know it again on a receipt, too little for another to use it: `j•••@e•••.org`,
 * `+1•••••55`. Shows at most one character of what stands before the @, and none when that is all there is. A profile's id shows nothing.
 */
export function maskAddress({ kind, canonical }: OptOutName): string {
  if (kind === 'profile') return HIDDEN;
  return kind === 'email' ? maskEmail(canonical) : maskPhone(canonical);
}

function maskEmail(canonical: string): string {
  const at = canonical.lastIndexOf('@');
  return `${maskLocalPart(canonical.slice(0, at))}@${maskDomain(canonical.slice(at + 1))}`;
}

function maskLocalPart(local: string): string {
  const [first = '', second] = graphemes(local);
  return second === undefined || first === '"' ? HIDDEN : first + HIDDEN;
}

function maskDomain(domain: string): string {
  if (domain.startsWith('[')) return `[${HIDDEN}]`;
  const [first = '', ...rest] = domain.split('.').map(readableLabel);
  const masked = (graphemes(first)[0] ?? '') + HIDDEN;
  return rest.length === 0 ? masked : `${masked}.${rest.at(-1)}`;
}

// Alone, a numeric label would be read as an IPv4 address; see mail-domain.ts. A label that is no punycode stays as it is.
function readableLabel(label: string): string {
  return domainToUnicode(`${label}.a`).slice(0, -2) || label;
}

function maskPhone(canonical: string): string {
  const code = CALLING_CODE.exec(canonical)?.[0] ?? '';
  const national = canonical.slice(code.length);
  return `${code}${HIDDEN_DIGITS}${national.length < MIN_DIGITS_TO_SHOW_TWO ? '' : national.slice(-2)}`;
}

// Every ASCII character stands for itself, and the segmenter's first use costs 8 ms.
function graphemes(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return [...text];
  return Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
}
