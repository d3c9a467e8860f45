import * as z from 'zod/mini';
import { addressSchema } from './opt-outs.ts';

/** Times come with an offset: a wall clock that says nothing of its zone would move ends by hours. */
const timeSchema = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text)),
);

/** Text that people wrote. Half a surrogate pair is no character, and no store takes it. */
function textSchema(longest: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(longest),
    z.refine((text) => text.isWellFormed(), { error: 'Not well-formed Unicode' }),
  );
}

const identifierSchema = z.strictObject({ email: z.optional(addressSchema), phone: z.optional(addressSchema) }).check(
  z.refine(({ email, phone }) => (email === undefined) !== (phone === undefined), {
    error: 'Give exactly one of email and phone',
  }),
  z.meta({ oneOf: [{ required: ['email'] }, { required: ['phone'] }] }),
);

const referenceSchema = z.strictObject({ system: textSchema(40), reference: textSchema(200) });

const putClassSchema = z.strictObject({
  data: z.optional(z.unknown().check(z.meta({ description: 'Any JSON, kept as it is' }))),
  references: z.optional(
    z.array(referenceSchema).check(z.maxLength(20), z.meta({ description: 'Where the data lie, if not here' })),
  ),
  lastContactAt: z.optional(timeSchema),
});

/** What `PUT /v1/contacts/{id}` takes. Classes that are not named stay as they are. */
export const contactBodySchema = z.strictObject({
  identifiers: z
    .array(identifierSchema)
    .check(
      z.maxLength(10),
      z.meta({ description: 'All by which the customer may ask for erasure; takes the place of the former ones' }),
    ),
  classes: z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)), putClassSchema).check(
    z.refine((classes) => Object.keys(classes).length >= 1 && Object.keys(classes).length <= 30, {
      error: 'Between 1 and 30 classes',
    }),
    z.meta({ minProperties: 1, maxProperties: 30, description: 'By name of the class in the retention schedule' }),
  ),
  activeSince: z.optional(timeSchema),
});
export type ContactBody = z.infer<typeof contactBodySchema>;

/** What `POST …/cancellation` takes. */
export const cancellationBodySchema = z.strictObject({
  cancelledAt: timeSchema,
  reason: z.optional(textSchema(500)),
  contractEndsAt: z.optional(timeSchema),
});

/** What `PUT …/holds/{holdId}` takes. Who places it comes from the access token, and from nowhere else. */
export const holdBodySchema = z.strictObject({ reason: textSchema(500), until: z.optional(timeSchema) });

const writtenTime = z.iso.datetime();
const statusSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('active') }),
  z.strictObject({
    state: z.literal('cancelled'),
    cancelledAt: writtenTime,
    reason: z.optional(z.string()),
    contractEndsAt: z.optional(writtenTime),
  }),
]);

const ends = {
  due: z.optional(writtenTime.check(z.meta({ description: 'When the schedule, or an erasure, ends it' }))),
  expiresAt: z.optional(
    writtenTime.check(z.meta({ description: 'When it is gone for every reader. Absent: it has no end, or is held' })),
  ),
};
const endsSchema = z.record(z.string(), z.strictObject(ends));

/** What stands of a contact after it was put. */
export const contactAnswerSchema = z.strictObject({ contactId: z.string(), status: statusSchema, classes: endsSchema });

/** What became of a cancellation. `superseded`: something newer is known; `duplicate`: the same is. Nothing was written then. */
export const cancellationAnswerSchema = z.strictObject({
  outcome: z.enum(['cancelled', 'duplicate', 'superseded']),
  status: statusSchema,
  classes: endsSchema,
});

/** What became of a reactivation. */
export const reactivationAnswerSchema = z.strictObject({
  outcome: z.enum(['reactivated', 'duplicate', 'superseded']),
  status: statusSchema,
  classes: endsSchema,
});

const holdsSchema = z.record(
  z.string(),
  z.strictObject({
    reason: z.string(),
    by: z.string(),
    placedAt: writtenTime,
    until: z.optional(writtenTime),
  }),
);

/** What holds a contact, after one was placed or released, and what ends when. */
export const holdAnswerSchema = z.strictObject({ holds: holdsSchema, classes: endsSchema });

/** A contact as it stands. */
export const contactViewSchema = z.strictObject({
  contactId: z.string(),
  identifiers: z.array(z.strictObject({ email: z.optional(z.string()), phone: z.optional(z.string()) })),
  status: statusSchema,
  holds: holdsSchema,
  classes: z.record(
    z.string(),
    z.strictObject({
      data: z.optional(z.unknown()),
      references: z.optional(z.array(z.strictObject({ system: z.string(), reference: z.string() }))),
      lastContactAt: z.optional(writtenTime),
      ...ends,
    }),
  ),
});
export type ContactView = z.infer<typeof contactViewSchema>;
