import * as z from 'zod/mini';
import { PROFILE_PATTERN } from '../../domain/profile.ts';
import { addressSchema } from './opt-outs.ts';

/** A pseudonymous id of the site's own. */
export const profileSchema = z
  .string()
  .check(
    z.regex(PROFILE_PATTERN, { error: 'Not a profile id of the accepted form' }),
    z.meta({ description: 'A pseudonymous id that the site gave; kept as a keyed hash only', examples: ['v-81f0c3'] }),
  );

/** What `POST /v1/signals` takes: whose browser sent the signal. */
export const signalBodySchema = z
  .strictObject({
    email: z.optional(addressSchema),
    phone: z.optional(addressSchema),
    profileId: z.optional(profileSchema),
    site: z.optional(z.string().check(z.maxLength(40), z.meta({ description: 'Id of the site that saw the signal' }))),
    gpc: z.optional(
      z.boolean().check(
        z.meta({
          description: "true: a site's server saw `Sec-GPC: 1`. Browsers send the header to this route themselves",
        }),
      ),
    ),
  })
  .check(
    z.refine(({ email, phone, profileId }) => [email, phone, profileId].filter(Boolean).length === 1, {
      error: 'Give exactly one of email, phone and profileId',
      path: ['profileId'],
    }),
    z.meta({ oneOf: [{ required: ['email'] }, { required: ['phone'] }, { required: ['profileId'] }] }),
  );
export type SignalBody = z.infer<typeof signalBodySchema>;

/** The same for known, unknown and repeated people. */
export const signalAnswerSchema = z.discriminatedUnion('honoured', [
  z.strictObject({
    honoured: z.literal(true),
    effective: z.literal(true),
    scopes: z.tuple([z.literal('any:sale-share')]),
  }),
  z.strictObject({
    honoured: z.literal(false).check(z.meta({ description: 'There was no signal; whatever is in force stays' })),
  }),
]);
export type SignalAnswer = z.infer<typeof signalAnswerSchema>;
