import * as z from 'zod/mini';

const mailSchema = z.object({
  MessageId: z.string(),
  Source: z.string(),
  To: z.array(z.string()),
  Subject: z.string(),
  BodyText: z.nullish(z.string()),
  BodyHtml: z.nullish(z.string()),
  Timestamp: z.union([z.number(), z.string()]),
});
const mailboxSchema = z.object({ messages: z.record(z.string(), z.array(mailSchema)) });

/** A mail as the local AWS keeps it. It keeps no headers. */
export interface Mail {
  id: string;
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  sentAt: Date;
}

/** All mails that the local SES took, the newest first. */
export async function readMailbox(endpoint: string): Promise<Mail[]> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  if (!answer.ok) throw new Error(`The mailbox of ${endpoint} answered ${answer.status}`);
  const { messages } = mailboxSchema.parse(await answer.json());
  return Object.values(messages)
    .flat()
    .map(toMail)
    .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
}

function toMail(found: z.infer<typeof mailSchema>): Mail {
  const { Timestamp } = found;
  return {
    id: found.MessageId,
    from: found.Source,
    to: found.To,
    subject: found.Subject,
    text: found.BodyText ?? '',
    html: found.BodyHtml ?? '',
    sentAt: new Date(typeof Timestamp === 'number' ? Timestamp * 1000 : Timestamp),
  };
}
