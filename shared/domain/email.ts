import { type AddressResult, refuse } from './address-problem.ts';
import { canonicalDomain, isInDns } from './mail-domain.ts';
import type { OptOutName } from './subject.ts';

/**
 * The one spelling of an e-mail address, so that case, Unicode form, punycode and quoting cannot defeat an opt-out (NO-01).
 * Takes every mailbox of RFC 5321 §4.1.2 and RFC 6531. Blanks around it are dropped; dots and +tags are kept (NO-02).
 * Never throws.
 */
export function canonicalEmail(input: string): AddressResult {
  if (input.length > MAX_INPUT_CHARACTERS) return refuse('email.too-long');
  const address = input.replace(OUTER_BLANKS, '').normalize('NFC');
  if (INVISIBLE.test(address)) return refuse('email.invisible-character');
  const at = address.lastIndexOf('@');
  const local = canonicalLocalPart(address.slice(0, Math.max(at, 0)));
  if (local === undefined || at === address.length - 1) return refuse('email.syntax');
  const domain = canonicalDomain(address.slice(at + 1));
  if (domain === undefined) return refuse('email.domain');
  if (isTooLong(address.slice(0, at), local, domain)) return refuse('email.too-long');
  return { ok: true, identifier: { kind: 'email', canonical: `${local}@${domain}` } };
}

/**
 * Whether SES can send to an address: it takes only ASCII before the @, and the domain must be one that DNS can hold (NO-03).
 * The opt-out holds either way.
 */
export function isMailable({ kind, canonical }: OptOutName): boolean {
  return kind === 'email' && isAscii(canonical) && isInDns(canonical.slice(canonical.lastIndexOf('@') + 1));
}

// Bounds the work on hostile input before the true limits, which hold for the canonical form (RFC 5321 §4.5.3.1), are measured.
const MAX_INPUT_CHARACTERS = 1_000;
const MAX_ADDRESS_BYTES = 254;
const MAX_LOCAL_PART_BYTES = 64;
const MAX_LABEL_BYTES = 63;

// Not String.trim: it would drop CR and LF, too, and with them the evidence of a header injection (NO-03).
const OUTER_BLANKS = /^[ \t\u{a0}\u{3000}]+|[ \t\u{a0}\u{3000}]+$/gu;
// Controls, bidi and zero-width marks, half surrogates, odd spaces: whoever pastes one does not see that another address
// was opted out. The two joiners stay, since Persian, the Indic scripts and emoji are written with them.
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Cs}\p{Z}]--[ \u{200c}\u{200d}]]/v;

const DOT_STRING = /^(?!\.)(?:(?:^|\.)[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]+)+$/u;
const QUOTED_STRING = /^"(?:[^"\\]|\\[ -~])*"$/u;

// "test"@ and test@ are one mailbox, as are "a\b"@ and "ab"@ (RFC 5321 §4.1.2): only the quoting that is needed stays.
function canonicalLocalPart(local: string): string | undefined {
  if (DOT_STRING.test(local)) return foldCase(local);
  if (!QUOTED_STRING.test(local)) return undefined;
  const content = foldCase(local.slice(1, -1).replace(/\\(.)/gu, '$1'));
  return DOT_STRING.test(content) ? content : `"${content.replace(/["\\]/g, '\\$&')}"`;
}

function foldCase(text: string): string {
  return Array.from(text, foldLetter).join('').normalize('NFC');
}

// Through upper case and back, so that σ and ς, µ and μ, ΐ and its parts collide. Letter by letter, because JavaScript
// lower-cases Σ by its neighbours. A letter beyond ASCII never becomes an ASCII one: ı, ſ, ß and ﬁ have the upper cases
// I, S, SS and FI, but the mailbox mıke@ is not mike@, and whoever owns one must not get the mail of the other (NO-02).
function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  const folded = lower.toUpperCase().toLowerCase();
  return isAscii(folded) ? lower : folded;
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

// The local part is measured as typed and as kept, so that what is kept is always accepted again.
function isTooLong(typedLocal: string, local: string, domain: string): boolean {
  return (
    Math.max(Buffer.byteLength(typedLocal), Buffer.byteLength(local)) > MAX_LOCAL_PART_BYTES ||
    Buffer.byteLength(`${local}@${domain}`) > MAX_ADDRESS_BYTES ||
    (!domain.startsWith('[') && domain.split('.').some((label) => label.length > MAX_LABEL_BYTES))
  );
}
