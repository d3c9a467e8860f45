import * as z from 'zod/mini';
import { SYSTEM_PATTERN } from '../../domain/retention/schedule.ts';
import { SUBJECT_KEY_PATTERN } from '../../domain/subject.ts';

/** What `POST /v1/deletions/{deletionId}/acknowledgements` takes. */
export const acknowledgementBodySchema = z.strictObject({
  subjectKey: z
    .string()
    .check(z.regex(SUBJECT_KEY_PATTERN), z.meta({ description: 'As in the event contact.class.expired' })),
  system: z.string().check(z.regex(SYSTEM_PATTERN), z.meta({ description: 'Which of its systems has followed' })),
  evidence: z.optional(
    z
      .string()
      .check(
        z.regex(/^[0-9a-f]{64}$/),
        z.meta({ description: 'SHA-256, in hex, of what the system keeps as evidence; it enters the ledger' }),
      ),
  ),
});
export type AcknowledgementBody = z.infer<typeof acknowledgementBodySchema>;

export const acknowledgementAnswerSchema = z.strictObject({
  deletionId: z.string(),
  system: z.string(),
  state: z.literal('acknowledged'),
});
