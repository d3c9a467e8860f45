import { addressesIn, fieldBlocks, fieldOf, type HeaderField } from './header-fields.ts';
import { type IncomingMail, partOf } from './incoming-mail.ts';
import { readSesNotice } from './ses-notice.ts';

/** A mailbox that a mail did not reach. */
export interface FailedRecipient {
  address: string;
  /** Class 5 of RFC 3463: it will not be reached later either. */
  isPermanent: boolean;
}

/**
 * Whom a report about a delivery says it failed for: a delivery status notification (RFC 3464), a notice of SES by mail, or Exim's
 * field. Empty for one that tells of a delivery, a delay, or nothing that can be read; `undefined` for a mail that is no such report.
 */
export function failedRecipients(mail: IncomingMail): FailedRecipient[] | undefined {
  const notice = readSesNotice(mail);
  if (notice !== undefined) return notice.kind === 'complaint' ? undefined : notice.failed;
  const status = partOf(mail, 'message/delivery-status', 'message/global-delivery-status');
  if (status !== undefined) return fieldBlocks(status).flatMap(failedIn);
  const failed = fieldOf(mail.header, 'x-failed-recipients');
  if (failed !== undefined) return addressesIn(failed).map((address) => ({ address, isPermanent: true }));
  return isFromMailSystem(mail) ? [] : undefined;
}

function failedIn(block: readonly HeaderField[]): FailedRecipient[] {
  if (!/^failed\b/i.test(fieldOf(block, 'action') ?? '')) return [];
  // The address as we wrote it, if the report knows that; the final one may be where the mail was forwarded to.
  const recipient = fieldOf(block, 'original-recipient') ?? fieldOf(block, 'final-recipient') ?? '';
  return addressesIn(recipient).map((address) => ({ address, isPermanent: isPermanent(block) }));
}

function isPermanent(block: readonly HeaderField[]): boolean {
  const status = /^([245])\.\d+\.\d+/.exec(fieldOf(block, 'status') ?? '');
  if (status !== null) return status[1] === '5';
  return /^(?:smtp\s*;\s*)?5\d\d\b/i.test(fieldOf(block, 'diagnostic-code') ?? '');
}

// A bounce in free text: nobody but a mail system writes without a return path under such a name.
function isFromMailSystem({ header, from = '' }: IncomingMail): boolean {
  return isNullPath(fieldOf(header, 'return-path')) && /^(mailer-daemon|postmaster)@/i.test(from);
}

/** RFC 5321 §4.5.5: the empty return path of mails that must not be answered. */
export function isNullPath(returnPath: string | undefined): boolean {
  return returnPath !== undefined && /^<?\s*>?$/.test(returnPath.trim());
}
