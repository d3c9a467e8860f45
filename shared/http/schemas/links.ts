import * as z from 'zod/mini';
import { LIST_PATTERN } from '../../domain/scope.ts';
import { addressSchema, localeSchema } from './opt-outs.ts';

/** No `@` and no space: a campaign's name must not carry a readable address into a link (EM-06). */
const CAMPAIGN_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What `POST /v1/links` takes. */
export const linkBodySchema = z.strictObject({
  email: addressSchema,
  list: z.optional(
    z
      .string()
      .check(z.regex(LIST_PATTERN), z.meta({ description: 'List that the mail belongs to; absent: all marketing' })),
  ),
  campaign: z.optional(z.string().check(z.regex(CAMPAIGN_PATTERN), z.meta({ description: 'For the record only' }))),
  locale: z.optional(localeSchema),
});
export type LinkBody = z.infer<typeof linkBodySchema>;

/** The link and the two headers of RFC 8058, to be set exactly as they stand. */
export const linkAnswerSchema = z.strictObject({
  url: z.url(),
  headers: z.strictObject({
    'List-Unsubscribe': z.string(),
    'List-Unsubscribe-Post': z.string(),
  }),
});
export type LinkAnswer = z.infer<typeof linkAnswerSchema>;
