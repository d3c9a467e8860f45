import { addressesIn, fieldOf, fieldsOf, type HeaderField, headerFields, headerOf } from './header-fields.ts';
import { type IncomingMail, partOf } from './incoming-mail.ts';
import { readSesNotice } from './ses-notice.ts';

/**
 * Who does not want our mails, by the report of a mailbox provider (RFC 5965) or of a mail program. Empty when the report names nobody;
 * `undefined` for a mail that is no such report, or that says the opposite.
 */
export function complainants(mail: IncomingMail): string[] | undefined {
  const notice = readSesNotice(mail);
  if (notice !== undefined) return notice.kind === 'complaint' ? notice.recipients : undefined;
  const report = partOf(mail, 'message/feedback-report');
  if (report !== undefined) return fromReport(headerFields(report), originalOf(mail));
  const hotmail = addressesOf(originalOf(mail), 'x-hmxmroriginalrecipient');
  if (hotmail.length > 0) return hotmail;
  return isSentByAppleMail(mail) ? addressesIn(mail.from ?? '') : undefined;
}

function fromReport(report: readonly HeaderField[], original: readonly HeaderField[]): string[] | undefined {
  // RFC 6430: the recipient says that this was no spam.
  if (fieldOf(report, 'feedback-type')?.toLowerCase() === 'not-spam') return undefined;
  const named = [...addressesOf(report, 'original-rcpt-to'), ...addressesOf(report, 'removal-recipient')];
  return [...new Set(named.length > 0 ? named : addressesOf(original, 'to'))];
}

/** Whether a report hides who complained (RFC 6590): the address that it names is then nobody's. */
export function isRedacted(mail: IncomingMail): boolean {
  const report = headerFields(partOf(mail, 'message/feedback-report') ?? '');
  return fieldOf(report, 'redacted-address') !== undefined || /^redacted/i.test(complainants(mail)?.[0] ?? '');
}

/** Header of the mail that a report is about. */
function originalOf(mail: IncomingMail): HeaderField[] {
  return headerOf((partOf(mail, 'message/rfc822', 'text/rfc822-headers', 'message/global') ?? '').trimStart());
}

function addressesOf(fields: readonly HeaderField[], name: string): string[] {
  return fieldsOf(fields, name).flatMap(addressesIn);
}

// Apple's programs mark the mail that their "Unsubscribe" button sends as automatic. It is a person's wish all the same.
function isSentByAppleMail({ header }: IncomingMail): boolean {
  return fieldOf(header, 'x-apple-unsubscribe')?.toLowerCase() === 'true';
}
