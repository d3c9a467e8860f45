import * as z from 'zod/mini';
import { LIST_PATTERN } from '../../domain/scope.ts';
import { CAMPAIGN_PATTERN } from '../../domain/unsubscribe-link.ts';
import { addressSchema, localeSchema } from './opt-outs.ts';

/** Links that one call may make. */
const LINKS_PER_CALL = 1000;

/** What `POST /v1/links` takes: one address or many, and what holds for all of them. */
export const linkBodySchema = z
  .strictObject({
    email: z.optional(addressSchema),
    emails: z.optional(z.array(addressSchema).check(z.minLength(1), z.maxLength(LINKS_PER_CALL))),
    list: z.optional(
      z
        .string()
        .check(z.regex(LIST_PATTERN), z.meta({ description: 'List that the mail belongs to; absent: all marketing' })),
    ),
    campaign: z.optional(z.string().check(z.regex(CAMPAIGN_PATTERN), z.meta({ description: 'For the record only' }))),
    locale: z.optional(localeSchema),
  })
  .check(
    z.refine(({ email, emails }) => (email === undefined) !== (emails === undefined), {
      error: 'Give exactly one of email and emails',
      path: ['email'],
    }),
    z.meta({ oneOf: [{ required: ['email'] }, { required: ['emails'] }] }),
  );
export type LinkBody = z.infer<typeof linkBodySchema>;

/** The link, the two headers of RFC 8058 to be set exactly as they stand, and the end of the mail. */
export const linkAnswerSchema = z.strictObject({
  url: z.url(),
  headers: z.strictObject({
    'List-Unsubscribe': z.string(),
    'List-Unsubscribe-Post': z.string(),
  }),
  footer: z
    .strictObject({ text: z.string(), html: z.string() })
    .check(z.meta({ description: 'Visible link and postal address, in the language of `locale`' })),
});
export type LinkAnswer = z.infer<typeof linkAnswerSchema>;

const linkProblemSchema = z.strictObject({
  problem: z
    .string()
    .check(z.meta({ description: 'Code of what is wrong with the address; nothing can be sent there' })),
});

/** One result per address, in the order of the question. */
export const linksAnswerSchema = z.strictObject({ links: z.array(z.union([linkAnswerSchema, linkProblemSchema])) });
export type LinksAnswer = z.infer<typeof linksAnswerSchema>;
