import type { FindingCode } from './findings.ts';
import { type Mail, valuesOf } from './mail.ts';

/** The tags of a DKIM-Signature (RFC 6376 §3.5) that say who signed what. */
interface Signature {
  domain: string;
  headers: readonly string[];
}

const COVERED = ['list-unsubscribe', 'list-unsubscribe-post'];

/** RFC 8058 §4: one signature that covers both headers suffices; with From's domain, so that DMARC counts it (MB-02). Looks at the tags only. */
export function checkSignatures({ headers, fromDomain }: Pick<Mail, 'headers' | 'fromDomain'>): FindingCode[] {
  const signatures = valuesOf(headers, 'dkim-signature').map(readSignature);
  if (signatures.length === 0) return ['dkim-missing'];
  const covering = signatures.filter((signature) => COVERED.every((name) => signature.headers.includes(name)));
  if (covering.length === 0) return ['dkim-uncovered'];
  if (fromDomain === undefined || covering.some(({ domain }) => isWithin(domain, fromDomain))) return [];
  return covering.some(({ domain }) => registered(domain) === registered(fromDomain))
    ? ['dkim-alignment-unsure']
    : ['dkim-unaligned'];
}

function readSignature(value: string): Signature {
  const tags = new Map(value.replace(/\s/g, '').split(';').map(splitTag));
  return { domain: (tags.get('d') ?? '').toLowerCase(), headers: (tags.get('h') ?? '').toLowerCase().split(':') };
}

function splitTag(tag: string): [name: string, value: string] {
  const at = tag.indexOf('=');
  return [tag.slice(0, Math.max(at, 0)), tag.slice(at + 1)];
}

// Relaxed alignment as far as it is sure without the list of public suffixes: the same domain, or one within the other.
function isWithin(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [one, other].sort((a, b) => a.length - b.length);
  return shorter.includes('.') && (longer === shorter || longer.endsWith(`.${shorter}`));
}

function registered(domain: string): string {
  return domain.split('.').slice(-2).join('.');
}
