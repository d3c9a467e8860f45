import * as z from 'zod/mini';
import { addressSchema, localeSchema } from './opt-outs.ts';

/** What `POST /v1/erasures` takes. Only a mailbox can be proven, so only an e-mail address will do (CC-29). */
export const erasureBodySchema = z.strictObject({
  email: addressSchema,
  site: z.optional(z.string().check(z.maxLength(40), z.meta({ description: 'Id of the site that shows the form' }))),
  locale: z.optional(localeSchema),
});

/** The same for known and unknown addresses (EM-10). Nothing is erased yet. */
export const erasureAnswerSchema = z.strictObject({
  requestId: z
    .string()
    .check(z.meta({ description: 'Id of the request, to quote in questions', examples: ['req_01J…'] })),
  status: z.literal('awaiting_confirmation'),
  receivedAt: z.iso.datetime(),
  confirmWithinHours: z.int().check(z.meta({ description: 'Life of the link that the mail carries' })),
});
export type ErasureAnswer = z.infer<typeof erasureAnswerSchema>;
