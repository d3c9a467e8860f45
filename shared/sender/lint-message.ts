import { checkBody } from './lint/body.ts';
import { type Finding, type FindingCode, finding } from './lint/findings.ts';
import { checkListHeaders, unsubscribeUris } from './lint/list-headers.ts';
import { type Mail, readMail, valuesOf } from './lint/mail.ts';
import { checkSignatures } from './lint/signatures.ts';

export interface LintOptions {
  /** Origin of links that unsubscribe; absent: that of the header List-Unsubscribe. */
  publicUrl?: string | undefined;
  /** Lines of the sender's postal address, as every part of the body must show them. */
  postalAddress?: readonly string[] | undefined;
  /** The mail gets its DKIM signature only later. */
  isUnsigned?: boolean | undefined;
}

/**
 * What a marketing mail lacks before it may be sent (RF-01, RF-07, PE-01, MB-01 to MB-03, CS-05, CS-06); empty when nothing. Reads the
 * message only, and neither DNS nor network: whether a signature is true is not checked. Never throws for what a message holds.
 */
export async function lintMessage(mime: string | Uint8Array, options: LintOptions = {}): Promise<Finding[]> {
  const mail = await readMail(mime);
  if (mail === undefined) return [finding('unreadable')];
  const codes = [
    ...checkHeaders(mail),
    ...(options.isUnsigned === true ? [] : checkSignatures(mail)),
    ...checkBody(mail, bodyRules(mail, options)),
  ];
  return [...new Set(codes)].map(finding);
}

function checkHeaders({ headers, fromDomain, hasLongHeaderLine }: Mail): FindingCode[] {
  const isAutomatic = valuesOf(headers, 'auto-submitted').some((value) => !/^\s*no\s*(?:;|$)/i.test(value));
  return [
    ...(fromDomain === undefined ? (['from-missing'] as const) : []),
    ...checkListHeaders(headers),
    ...(isAutomatic ? (['auto-submitted'] as const) : []),
    ...(hasLongHeaderLine ? (['line-too-long'] as const) : []),
  ];
}

function bodyRules({ headers }: Mail, { publicUrl, postalAddress }: LintOptions) {
  const headerUrl = unsubscribeUris(headers).find((uri) => /^https:/i.test(uri));
  return { headerUrl, linkHost: publicUrl === undefined ? undefined : new URL(publicUrl).host, postalAddress };
}
