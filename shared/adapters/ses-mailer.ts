import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type Mail, type Mailer, MailRefused } from '../domain/ports/mailer.ts';
import type { Settings } from '../settings.ts';
import { isCertainlyRefused } from './certain-refusal.ts';

/** {@link Mailer} through SES v2. */
export function sesMailer(sender: Settings['sender'], configurationSet: string): Mailer {
  // One attempt: the SDK's own retry after a lost answer would send a second mail.
  const client = new SESv2Client({ maxAttempts: 1 });
  return {
    send: async (mail) => {
      try {
        const { MessageId = '' } = await client.send(new SendEmailCommand(toCommand(mail, sender, configurationSet)));
        return MessageId;
      } catch (error) {
        if (isCertainlyRefused(error)) throw new MailRefused('The mail system did not take the mail', { cause: error });
        throw error;
      }
    },
  };
}

function toCommand(mail: Mail, sender: Settings['sender'], configurationSet: string) {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    FromEmailAddress: `${displayName(sender.name)} <${sender.address}>`,
    Destination: { ToAddresses: [mail.to] },
    ConfigurationSetName: configurationSet,
    EmailTags: [{ Name: 'requestId', Value: mail.requestId }],
    Content: {
      Simple: {
        Subject: utf8(mail.subject),
        Body: { Text: utf8(mail.text), Html: utf8(mail.html) },
        Headers: [
          // RF-09: robots do not answer automatic mail. MB-01: a receipt carries no List-Unsubscribe.
          { Name: 'Auto-Submitted', Value: 'auto-replied' },
          // SES overwrites Message-ID (SE-08); this one survives and names the same thing every time.
          { Name: 'X-Entity-Ref-ID', Value: mail.requestId },
          { Name: 'Content-Language', Value: mail.locale },
        ],
      },
    },
  };
}

// SES takes seven-bit names only: quoted (RFC 5322 §3.2.4), or else as encoded words of at most 75 characters (RFC 2047 §2).
function displayName(name: string): string {
  const plain = name.replace(/["\\\p{Cc}]/gu, '');
  if (/^[ -~]*$/.test(plain)) return `"${plain}"`;
  const words = plain.match(/.{1,11}/gsu) ?? [];
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}
