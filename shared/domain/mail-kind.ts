/** What a mail is for. Each kind has a text (`functions/send-mail/mail-texts.ts`) and a guard of its own (`policy.ts`). */
export const MAIL_KINDS = [
  'receipt',
  'preferences-link',
  'opt-in',
  'erasure',
  'complaint-received',
  'burst-undone',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** What is sent at most once in its guard's time: mails by their kind, and the text that answers HELP. */
export type GuardedKind = MailKind | 'text-help';
