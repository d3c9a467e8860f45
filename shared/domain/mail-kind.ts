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
