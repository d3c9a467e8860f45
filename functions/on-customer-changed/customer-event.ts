import * as z from 'zod/mini';
import type { Acknowledgement } from '../../shared/domain/contact/acknowledge-deletion.ts';
import { CONTACT_ID_PATTERN, type ContactId } from '../../shared/domain/contact/contact.ts';
import { acknowledgementBodySchema } from '../../shared/http/schemas/deletions.ts';
import { DELETION_ACKNOWLEDGED } from '../../shared/names.ts';

/** What a CRM says of its customer. */
export type CustomerEvent = {
  contactId: ContactId;
  /** When it was told: decides between events of the same time, and of those that lie ahead. */
  toldAt: Date;
} & (
  | { type: 'customer.cancelled'; cancelledAt: Date; reason?: string | undefined; contractEndsAt?: Date | undefined }
  | { type: 'customer.reactivated'; reactivatedAt: Date }
);

const moment = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text)),
);
const contactId = z.string().check(z.regex(CONTACT_ID_PATTERN));

// Other members are passed over: the event was not made for us alone.
const detailSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('customer.cancelled'),
    contactId,
    cancelledAt: moment,
    reason: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
    contractEndsAt: z.optional(moment),
  }),
  z.object({ type: z.literal('customer.reactivated'), contactId, reactivatedAt: moment }),
]);

/** As EventBridge wraps it. The type stands outside, and may stand inside as well. */
const envelopeSchema = z.object({
  'detail-type': z.string(),
  time: moment,
  detail: z.record(z.string(), z.unknown()),
});

// As by the API; here as well other members are passed over.
const acknowledgedSchema = z.object({
  type: z.literal(DELETION_ACKNOWLEDGED),
  deletionId: z.string(),
  ...acknowledgementBodySchema.shape,
});

/** A system says that it has followed a deletion. */
export type DeletionAcknowledged = Acknowledgement & { type: typeof DELETION_ACKNOWLEDGED };

/** Reads a message: an event as EventBridge sends it, or its detail alone. `sentAt`: when the queue took it. Throws on anything else. */
export function readCustomerEvent(body: string, sentAt: Date): CustomerEvent | DeletionAcknowledged {
  const value: unknown = JSON.parse(body);
  const envelope = envelopeSchema.safeParse(value);
  const detail = envelope.success ? { ...envelope.data.detail, type: envelope.data['detail-type'] } : value;
  const acknowledged = acknowledgedSchema.safeParse(detail);
  if (acknowledged.success) return acknowledged.data as DeletionAcknowledged;
  const toldAt = envelope.success ? envelope.data.time : sentAt;
  return { ...detailSchema.parse(detail), toldAt } as CustomerEvent;
}
