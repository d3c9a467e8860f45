import { domainToASCII } from 'node:url';
import punycode from 'punycode.js';

/**
 * The one spelling of what stands after the @: a domain name as lower-case A-labels (UTS 46, non-transitional, as browsers
 * and mail servers have it: `faß.de` is not `fass.de`), or an address literal (RFC 5321 §4.1.3) with its IP address compressed.
 * `undefined` when it is neither. Lengths are not looked at.
 */
export function canonicalDomain(domain: string): string | undefined {
  return domain.startsWith('[') ? (ipv4Literal(domain) ?? ipv6Literal(domain)) : domainName(domain);
}

/** Whether DNS can hold the domain: not a literal, not dotless, not a bare IPv4 address or numeric top level. */
export function isInDns(canonical: string): boolean {
  return /\.(?!\d+$)[a-z\d-]+$/.test(canonical);
}

// domainToASCII reads hosts as URLs do: it percent-decodes, drops what follows a slash, and takes a name with a numeric last
// label for an IPv4 address (0x7f would become 0.0.0.127). The first two are kept out by the character check; the third by
// a last label that is no number, taken off again.
const ALLOWED = /^[a-zA-Z\d.\-\u{80}-\u{10ffff}]+$/u;
const NO_NUMBER = '.a';
const LABEL_SEPARATOR = /[.\u{3002}\u{ff0e}\u{ff61}]/u;
const LDH_NAME = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.|$))+(?<!\.)$/;
// UTS 46 refuses characters that the runtime's Unicode version does not have yet. A newer sender may know them, so their
// labels are encoded as they will be then: without a mapping of their own.
const UNKNOWN = /[\p{Cn}--\p{Noncharacter_Code_Point}]/v;

function domainName(domain: string): string | undefined {
  if (!ALLOWED.test(domain)) return undefined;
  const name = domain.split(LABEL_SEPARATOR).map(canonicalLabel).join('.');
  return LDH_NAME.test(name) ? name : undefined;
}

function canonicalLabel(label: string): string {
  if (UNKNOWN.test(label)) return `xn--${punycode.encode(label.normalize('NFKC').toLowerCase().normalize('NFC'))}`;
  return domainToASCII(label + NO_NUMBER).slice(0, -NO_NUMBER.length);
}

function ipv4Literal(literal: string): string | undefined {
  if (!/^\[\d{1,3}(?:\.\d{1,3}){3}\]$/.test(literal)) return undefined;
  const bytes = literal.slice(1, -1).split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? `[${bytes.join('.')}]` : undefined;
}

function ipv6Literal(literal: string): string | undefined {
  const written = /^\[ipv6:([\da-f:.]+)\]$/i.exec(literal)?.[1];
  const compressed = domainToASCII(`[${written}]`).slice(1, -1);
  return compressed === '' ? undefined : `[ipv6:${compressed}]`;
}
