import type { ComposeMail } from '../../functions/send-mail/send-mail.ts';
import { MAIL_KINDS, type MailKind } from '../../shared/domain/mail-kind.ts';

/** One text for every kind of mail. */
export function sameText(compose: ComposeMail): Record<MailKind, ComposeMail> {
  return Object.fromEntries(MAIL_KINDS.map((kind) => [kind, compose])) as Record<MailKind, ComposeMail>;
}
