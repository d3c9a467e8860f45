import * as z from 'zod/mini';
import { addressSchema, localeSchema, oneAddress, scopeSchema } from './opt-outs.ts';

/** For a permission that lies with the agent. */
export const permissionHashSchema = z.string().check(
  z.regex(/^[0-9a-f]{64}$/),
  z.meta({
    description: 'SHA-256 of the signed permission, hex. Absent: none came along; the opt-out holds all the same',
  }),
);

const agentSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  permissionHash: z.optional(permissionHashSchema),
  powerOfAttorney: z.optional(z.boolean()),
});

/** What `POST /v1/intake` takes: an opt-out that reached staff. */
export const intakeBodySchema = z
  .strictObject({
    channel: z.enum(['phone', 'post', 'in-person', 'agent', 'email']),
    email: z.optional(addressSchema),
    phone: z.optional(addressSchema),
    scopes: z.optional(z.array(scopeSchema).check(z.minLength(1), z.maxLength(20))),
    kind: z.optional(z.literal('opt-out')),
    note: z.optional(
      z
        .string()
        .check(
          z.maxLength(1000),
          z.meta({ description: 'Evidence, such as who called and when; ends with the record' }),
        ),
    ),
    agent: z.optional(agentSchema),
    locale: z.optional(localeSchema),
  })
  .check(...oneAddress);
export type IntakeBody = z.infer<typeof intakeBodySchema>;

/** The opt-out is in force. */
export const intakeAnswerSchema = z.strictObject({
  requestId: z.string(),
  status: z.literal('opted_out'),
  effective: z.literal(true),
  scopes: z.array(scopeSchema),
  receivedAt: z.iso.datetime(),
  readOut: z.string().check(z.meta({ description: 'What to tell the person, in their language' })),
  receiptUrl: z.url().check(z.meta({ description: 'Page that proves the opt-out' })),
});
export type IntakeAnswer = z.infer<typeof intakeAnswerSchema>;
