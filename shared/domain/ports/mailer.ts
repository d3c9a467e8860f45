import type { RequestId } from '../request.ts';

/** One mail to one recipient. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Correlates SES events; the only tag, since tags reach metrics (SE-08). */
  requestId: RequestId;
  /** BCP 47 tag of its text. */
  locale: string;
}

/** Hands mails to the mail system, once: it does not retry by itself, since a retry after a lost answer sends twice. */
export interface Mailer {
  /**
   * Resolves with the mail system's id when the mail was accepted. Rejects with {@link MailRefused} when it certainly was not;
   * with anything else when that is unknown.
   */
  send(mail: Mail): Promise<string>;
}

/** The mail system said no, or was not reached: nothing went out, and a later attempt is safe. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
