import * as z from 'zod/mini';

/** An error as RFC 9457 writes it. `code` is stable; `detail` is for people and echoes nothing that was sent (EM-06). */
export const problemSchema = z.strictObject({
  type: z.string().check(z.meta({ description: 'URI of the kind of problem, or about:blank' })),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  code: z
    .string()
    .check(z.meta({ description: 'Stable name of the problem, for programs', examples: ['address.invalid'] })),
  detail: z.string(),
  field: z.optional(z.string().check(z.meta({ description: 'The field at fault' }))),
  accepted: z.optional(z.string().check(z.meta({ description: 'The form that would be accepted' }))),
});
export type Problem = z.infer<typeof problemSchema>;
