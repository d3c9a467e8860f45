import * as z from 'zod/mini';
import { parseScope, SCOPE_FORM } from '../../domain/scope.ts';

/** A written scope that {@link parseScope} reads, such as `email:marketing`. */
export const scopeSchema = z.string().check(
  z.maxLength(100),
  z.refine((text) => parseScope(text) !== undefined, { error: `A scope is written ${SCOPE_FORM}` }),
  z.meta({ description: `A written scope: ${SCOPE_FORM}`, examples: ['email:marketing'] }),
);

// Longer than any address: a bound on work, while the address rules themselves say what is wrong with a long one.
const ADDRESS_CHARACTERS = 1000;

/** An address in any spelling; whether it is one is for the domain to say. */
export const addressSchema = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(ADDRESS_CHARACTERS),
    z.meta({ description: 'An e-mail address, or a phone number in E.164, in any spelling' }),
  );

/** The language in which the person reads; the nearest one that the stage offers is used. */
export const localeSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(35), z.meta({ description: 'BCP 47 language tag', examples: ['de-AT'] }));

/** A body names the person by exactly one address. */
export const oneAddress = [
  z.refine<{ email?: string | undefined; phone?: string | undefined }>(
    ({ email, phone }) => (email === undefined) !== (phone === undefined),
    { error: 'Give exactly one of email and phone', path: ['email'] },
  ),
  z.meta({ oneOf: [{ required: ['email'] }, { required: ['phone'] }] }),
];

/** What `POST /v1/opt-outs` takes. Unknown fields are refused: a mistyped name must not become an opt-out of less. */
export const optOutBodySchema = z
  .strictObject({
    email: z.optional(addressSchema),
    phone: z.optional(addressSchema),
    scopes: z.optional(
      z.array(scopeSchema).check(
        z.minLength(1),
        z.maxLength(20),
        z.meta({
          description: 'What to stop. Absent: all marketing, and all sale and sharing of data, in every channel',
        }),
      ),
    ),
    site: z.optional(z.string().check(z.maxLength(40), z.meta({ description: 'Id of the site that shows the form' }))),
    locale: z.optional(localeSchema),
  })
  .check(...oneAddress);
export type OptOutBody = z.infer<typeof optOutBodySchema>;

/** The answer to an accepted opt-out: it is in force. The same for known, unknown and repeated addresses. */
export const optOutAnswerSchema = z.strictObject({
  requestId: z
    .string()
    .check(z.meta({ description: 'Id of the request, to quote in questions', examples: ['req_01J…'] })),
  status: z.literal('opted_out'),
  effective: z.literal(true),
  scopes: z.array(scopeSchema),
  receivedAt: z.iso.datetime(),
  receiptUrl: z.url().check(z.meta({ description: 'Page that proves the opt-out' })),
});
export type OptOutAnswer = z.infer<typeof optOutAnswerSchema>;
