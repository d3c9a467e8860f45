import * as z from 'zod/mini';
import { CONTACT_ID_PATTERN } from '../../domain/contact/contact.ts';

/** Cancellations that one call may bring. */
export const CANCELLATIONS_PER_CALL = 1000;

/** One cancellation in a list. */
export const cancellationLineSchema = z.strictObject({
  contactId: z.string().check(z.regex(CONTACT_ID_PATTERN)),
  cancelledAt: z.iso.datetime({ offset: true }),
  reason: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  contractEndsAt: z.optional(z.iso.datetime({ offset: true })),
});
export type CancellationLine = z.infer<typeof cancellationLineSchema>;

/**
 * What `POST /v1/cancellations` takes as JSON. Members are checked one by one, so that a bad one keeps none of the others from being done.
 */
export const cancellationsBodySchema = z.strictObject({
  cancellations: z.array(z.unknown()).check(z.minLength(1), z.maxLength(CANCELLATIONS_PER_CALL)),
});

const rejectedSchema = z.strictObject({
  line: z
    .int()
    .check(
      z.gte(1),
      z.meta({ description: 'Place in the array, or number of the line in the text with its header, from 1' }),
    ),
  code: z.string(),
  detail: z.string(),
  field: z.optional(z.string()),
});
export type Rejected = z.infer<typeof rejectedSchema>;

/** What became of the lines. Each is counted once. */
export const cancellationsAnswerSchema = z.strictObject({
  accepted: z.int(),
  duplicates: z.int().check(z.meta({ description: 'Known already; nothing changed' })),
  superseded: z.int().check(z.meta({ description: 'The contact was reactivated, or cancelled anew, after that' })),
  rejected: z.array(rejectedSchema),
});
export type CancellationsAnswer = z.infer<typeof cancellationsAnswerSchema>;
