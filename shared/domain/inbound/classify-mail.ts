import { complainants } from './complaint-report.ts';
import { failedRecipients, isNullPath } from './delivery-report.ts';
import { fieldOf, fieldsOf } from './header-fields.ts';
import type { IncomingMail } from './incoming-mail.ts';

/**
 * Who speaks in a mail. Only a person is answered. `bounce`: a mail system tells of a delivery, good or bad. `complaint-report`: a provider
 * or a mail program tells that somebody wants no mails. `loop`: our own mail came back. `auto-reply`: any other robot.
 */
export type MailKind = 'person' | 'auto-reply' | 'bounce' | 'complaint-report' | 'loop';

/** More hops than this are a circle (RFC 5321 §6.3 asks for a large number, at least 100). */
const MOST_HOPS = 100;

/** @param ours addresses from which Heed itself writes. */
export function classifyMail(mail: IncomingMail, ours: readonly string[] = []): MailKind {
  if (complainants(mail) !== undefined) return 'complaint-report';
  if (failedRecipients(mail) !== undefined) return 'bounce';
  if (isOurs(mail, ours)) return 'loop';
  return isSurelyAutomatic(mail) || isMassMail(mail) ? 'auto-reply' : 'person';
}

/** RFC 3834 §5 and §2: what says of itself that nobody wrote it, or has no return path. */
export function isSurelyAutomatic({ header }: IncomingMail): boolean {
  const [submitted = 'no'] = (fieldOf(header, 'auto-submitted') ?? 'no').toLowerCase().split(/[\s;(]/);
  return submitted !== 'no' || isNullPath(fieldOf(header, 'return-path'));
}

/** Came by a mailing list (RFC 2919). */
export function isOfList({ header }: IncomingMail): boolean {
  return ['list-id', 'list-unsubscribe'].some((name) => fieldOf(header, name) !== undefined);
}

/** Whether a subject is one of those that people give their absence. Many write so by hand: it decides nothing alone. */
export function speaksOfAbsence({ subject }: IncomingMail): boolean {
  return ABSENCE.test(subject);
}

const ABSENCE =
  /^\W*(?:automati\w* (?:reply|antwort)|auto[- ]?(?:reply|response)|out of (?:the )?office|vacation|abwesen|automatische antwort|r[ée]ponse automatique|absence|absent|respuesta autom|fuera de|ausen)/iu;

function isMassMail(mail: IncomingMail): boolean {
  const { header } = mail;
  const suppress = fieldOf(header, 'x-auto-response-suppress')?.toLowerCase() ?? 'none';
  return (
    /^(?:bulk|junk|list|auto_reply)\b/i.test(fieldOf(header, 'precedence') ?? '') ||
    suppress !== 'none' ||
    isOfList(mail)
  );
}

// X-Entity-Ref-ID is the mark of our own mails; no program copies it into an answer.
function isOurs({ header, from = '' }: IncomingMail, ours: readonly string[]): boolean {
  return (
    /^req_/.test(fieldOf(header, 'x-entity-ref-id') ?? '') ||
    ours.some((address) => address.toLowerCase() === from.toLowerCase()) ||
    fieldsOf(header, 'received').length > MOST_HOPS
  );
}
