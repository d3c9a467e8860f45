/** The layout of all mails, cut where blocks go in. Slots are written `{{name}}`. */
export interface MailParts {
  /** Everything above the first block. */
  opening: string;
  paragraph: string;
  list: string;
  fact: string;
  link: string;
  detail: string;
  note: string;
  /** Everything below the last block. */
  closing: string;
}

declare global {
  /** Compiled from `layout.mjml` when a function is bundled (infra/constructs/mail-layout.ts), and for the tests likewise. */
  const MAIL_PARTS: MailParts;
}
