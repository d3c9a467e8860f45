import * as z from 'zod/mini';
import { COMPLAINT_EVENTS, COMPLAINT_STATES } from '../../domain/complaint.ts';
import { REVIEW_KINDS } from '../../domain/review.ts';
import { addressSchema, localeSchema, oneAddress } from './opt-outs.ts';

/** Longest complaint, in characters. */
export const COMPLAINT_CHARACTERS = 4000;
/** Longest number or name of a case of the person's own. */
export const REFERENCE_CHARACTERS = 100;

/** What `POST /v1/complaints` takes. */
export const complaintBodySchema = z
  .strictObject({
    email: z.optional(addressSchema),
    phone: z.optional(addressSchema),
    text: z.string().check(z.minLength(1), z.maxLength(COMPLAINT_CHARACTERS)),
    reference: z.optional(
      z
        .string()
        .check(z.maxLength(REFERENCE_CHARACTERS), z.meta({ description: 'Number of an earlier request or order' })),
    ),
    locale: z.optional(localeSchema),
  })
  .check(...oneAddress);
export type ComplaintBody = z.infer<typeof complaintBodySchema>;

const daySchema = z.iso.date();

/** The same for every address. */
export const complaintAnswerSchema = z.strictObject({
  requestId: z.string(),
  status: z.literal('received'),
  receivedAt: z.iso.datetime(),
  answerBy: daySchema,
});
export type ComplaintAnswer = z.infer<typeof complaintAnswerSchema>;

/** What `POST /v1/complaints/{id}/events` takes. */
export const complaintEventBodySchema = z.strictObject({
  event: z.enum(COMPLAINT_EVENTS),
  told: z.string().check(z.minLength(1), z.maxLength(2000), z.meta({ description: 'What the person was told' })),
});
export type ComplaintEventBody = z.infer<typeof complaintEventBodySchema>;

export const complaintEventAnswerSchema = z.strictObject({ id: z.string(), state: z.enum(COMPLAINT_STATES) });
export type ComplaintEventAnswer = z.infer<typeof complaintEventAnswerSchema>;

const stepSchema = z.strictObject({
  at: z.iso.datetime(),
  event: z.enum(COMPLAINT_EVENTS),
  actor: z.string(),
  told: z.string(),
});

/** For staff only: the one answer that names people. */
export const complaintListSchema = z.strictObject({
  complaints: z.array(
    z.strictObject({
      id: z.string().check(z.meta({ description: 'Names the complaint in the paths of its events' })),
      requestId: z.string(),
      state: z.enum(COMPLAINT_STATES),
      receivedAt: z.iso.datetime(),
      acknowledgeBy: daySchema,
      answerBy: daySchema,
      overdue: z.boolean(),
      address: z.string(),
      text: z.string(),
      reference: z.optional(z.string()),
      locale: z.string(),
      suspect: z.boolean(),
      steps: z.array(stepSchema),
    }),
  ),
});
export type ComplaintList = z.infer<typeof complaintListSchema>;

/** Mails that wait for a person, complaints among them. */
export const reviewListSchema = z.strictObject({
  reviews: z.array(
    z.strictObject({
      reviewId: z.string(),
      kind: z.enum(REVIEW_KINDS),
      intents: z.array(z.string()),
      objectKey: z.string().check(z.meta({ description: 'Where the mail lies in the inbound bucket' })),
      receivedAt: z.iso.datetime(),
    }),
  ),
});
export type ReviewList = z.infer<typeof reviewListSchema>;
