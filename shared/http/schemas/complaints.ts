import * as z from 'zod/mini';
import { DENIAL_BASES } from '../../domain/agent-rules.ts';
import { COMPLAINT_EVENTS, COMPLAINT_STATES } from '../../domain/complaint.ts';
import { MANNERS, PERMISSION_STATES } from '../../domain/request.ts';
import { REVIEW_KINDS } from '../../domain/review.ts';
import { addressSchema, localeSchema, oneAddress, scopeSchema } from './opt-outs.ts';

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

const agentSchema = z.strictObject({
  name: z.string(),
  email: z.optional(z.string()),
  permission: z.enum(PERMISSION_STATES),
  permissionHash: z.optional(z.string()),
  powerOfAttorney: z.boolean(),
  objectKey: z.optional(z.string().check(z.meta({ description: 'Where the permission lies in the intake bucket' }))),
});

/** What waits for a person: mails, complaints among them, and opt-outs that were taken though nobody is sure. */
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
  requests: z.array(
    z.strictObject({
      id: z.string().check(z.meta({ description: 'Names the request in the path of its denial' })),
      requestId: z.string(),
      kind: z.enum(['unsure', 'agent']).check(
        z.meta({
          description:
            'All are in force. `unsure`: what was written may mean something else. `agent`: somebody acted for the person',
        }),
      ),
      manner: z.enum(MANNERS),
      receivedAt: z.iso.datetime(),
      scopes: z.array(scopeSchema),
      maskedAddress: z.string(),
      suspect: z.boolean(),
      agent: z.optional(agentSchema),
    }),
  ),
});
export type ReviewList = z.infer<typeof reviewListSchema>;

/** What `POST /v1/requests/{id}/denial` takes. Both texts end with the request's record. */
export const denialBodySchema = z.strictObject({
  basis: z.enum(DENIAL_BASES).check(z.meta({ description: '`no_permission`: only of what an agent asked' })),
  evidence: z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(1000),
      z.meta({ description: 'What the belief is founded on (11 CCR 7026(e))' }),
    ),
  explanation: z
    .string()
    .check(z.minLength(1), z.maxLength(1000), z.meta({ description: 'What whoever asked is told' })),
});
export type DenialBody = z.infer<typeof denialBodySchema>;

/** Nothing that was stopped is lifted by it. */
export const denialAnswerSchema = z.strictObject({
  id: z.string(),
  state: z.literal('denied'),
  basis: z.enum(DENIAL_BASES),
  deniedAt: z.iso.datetime(),
  tell: z.string().check(z.meta({ description: 'What to tell whoever asked' })),
});
export type DenialAnswer = z.infer<typeof denialAnswerSchema>;
