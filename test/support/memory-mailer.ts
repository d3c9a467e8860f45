import type { Mail, Mailer } from '../../shared/domain/ports/mailer.ts';

/** How one attempt to send goes wrong, and whether the mail went out all the same. */
interface MailTrouble {
  error: Error;
  isDelivered: boolean;
}

/** {@link Mailer} that keeps what it was given. */
export interface MemoryMailer extends Mailer {
  /** Mails that reached a mailbox. */
  readonly sent: readonly Mail[];
  /** The next attempt fails with this error; `isDelivered`: only the answer is lost. */
  failNext(error: Error, isDelivered?: boolean): void;
}

export function memoryMailer(): MemoryMailer {
  const sent: Mail[] = [];
  const troubles: MailTrouble[] = [];
  return {
    sent,
    failNext: (error, isDelivered = false) => {
      troubles.push({ error, isDelivered });
    },
    send: async (mail) => {
      const trouble = troubles.shift();
      if (trouble === undefined || trouble.isDelivered) sent.push(mail);
      if (trouble !== undefined) throw trouble.error;
      return `ses-${sent.length}`;
    },
  };
}
