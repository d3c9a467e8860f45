import * as z from 'zod/mini';
import { addressSchema, scopeSchema } from './opt-outs.ts';
import { profileSchema } from './signals.ts';

/** Addresses that one check may ask about. */
const ADDRESSES_PER_CHECK = 1000;

/** What `POST /v1/checks` takes. */
export const checkBodySchema = z
  .strictObject({
    scope: scopeSchema,
    addresses: z.optional(z.array(addressSchema).check(z.minLength(1), z.maxLength(ADDRESSES_PER_CHECK))),
    profiles: z.optional(z.array(profileSchema).check(z.minLength(1), z.maxLength(ADDRESSES_PER_CHECK))),
  })
  .check(
    z.refine(({ addresses, profiles }) => addresses !== undefined || profiles !== undefined, {
      error: 'Give addresses, or profiles, or both',
      path: ['addresses'],
    }),
    z.meta({ anyOf: [{ required: ['addresses'] }, { required: ['profiles'] }] }),
  );
export type CheckBody = z.infer<typeof checkBodySchema>;

const checkResultSchema = z.strictObject({
  address: z.string().check(z.meta({ description: 'The address as it was asked' })),
  suppressed: z.boolean().check(z.meta({ description: 'true: do not send' })),
  scope: z.optional(scopeSchema),
  since: z.optional(z.iso.datetime()),
  until: z.optional(
    z.iso
      .datetime()
      .check(z.meta({ description: 'Only a pause stands in the way, and it ends then; ask again before you send' })),
  ),
  doNotAskBefore: z.optional(
    z.iso
      .datetime()
      .check(z.meta({ description: 'Ask the person to opt back in no earlier than this (Civ. Code 1798.135)' })),
  ),
  problem: z.optional(
    z.string().check(z.meta({ description: 'Code of what is wrong with the address; nothing can be sent there' })),
  ),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

const profileResultSchema = z.strictObject({
  profile: z.string().check(z.meta({ description: 'The profile id as it was asked' })),
  suppressed: z.boolean().check(z.meta({ description: 'true: do not sell, share or profile, as asked' })),
  scope: z.optional(scopeSchema),
  since: z.optional(z.iso.datetime()),
});
export type ProfileResult = z.infer<typeof profileResultSchema>;

/** One result per address, and per profile, in the order of the question. */
export const checkAnswerSchema = z.strictObject({
  results: z.array(checkResultSchema),
  profiles: z.optional(z.array(profileResultSchema)),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
