import * as z from 'zod/mini';

const recipientsSchema = z.array(z.object({ emailAddress: z.string() }));

/** What SES publishes of a mail, by its configuration set (AWS SES docs: event publishing, EventBridge). Holds addresses. */
export const mailEventSchema = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.optional(z.object({ requestId: z.optional(z.array(z.string())) })),
    }),
    bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: recipientsSchema })),
    complaint: z.optional(
      z.object({ complainedRecipients: recipientsSchema, complaintFeedbackType: z.nullish(z.string()) }),
    ),
    delivery: z.optional(z.object({ recipients: z.array(z.string()) })),
  }),
});
type Detail = z.infer<typeof mailEventSchema>['detail'];

/** What happened to a mail of Heed's, for each recipient alike. */
export interface MailEvent {
  messageId: string;
  kind: 'delivered' | 'bounced' | 'complained' | 'not-sent' | 'other';
  recipients: readonly string[];
  /** The request whose receipt it was (SE-08). */
  requestId?: `req_${string}`;
}

/** Reads an event as EventBridge brings it. Throws on one that lacks what AWS documents as always there. */
export function readMailEvent(event: unknown): MailEvent {
  const { detail } = mailEventSchema.parse(event);
  const [tag = ''] = detail.mail.tags?.requestId ?? [];
  const { messageId } = detail.mail;
  const facts = /^req_\w{1,64}$/.test(tag) ? { messageId, requestId: tag as `req_${string}` } : { messageId };
  return { ...facts, ...happened(detail) };
}

function happened({ eventType, mail, bounce, complaint, delivery }: Detail): Pick<MailEvent, 'kind' | 'recipients'> {
  switch (eventType) {
    case 'Delivery':
      return { kind: 'delivered', recipients: delivery?.recipients ?? mail.destination };
    case 'Bounce': {
      // A transient or undetermined bounce says nothing for good (SE-09).
      const kind = bounce?.bounceType === 'Permanent' ? 'bounced' : 'other';
      return { kind, recipients: addressesOf(bounce?.bouncedRecipients) };
    }
    case 'Complaint': {
      // RFC 6430: the recipient says that it was no spam.
      const kind = complaint?.complaintFeedbackType === 'not-spam' ? 'other' : 'complained';
      return { kind, recipients: addressesOf(complaint?.complainedRecipients) };
    }
    case 'Reject':
    case 'Rendering Failure':
      return { kind: 'not-sent', recipients: mail.destination };
    default:
      return { kind: 'other', recipients: [] };
  }
}

function addressesOf(recipients: readonly { emailAddress: string }[] = []): string[] {
  return recipients.map(({ emailAddress }) => emailAddress);
}
