import * as z from 'zod/mini';

/** What a site puts into its `<script src integrity crossorigin="anonymous">`. */
export const snippetSchema = z.strictObject({
  url: z.url(),
  integrity: z.string().check(z.regex(/^sha384-[A-Za-z0-9+/]{64}$/), z.meta({ description: 'Subresource Integrity' })),
});
export type SnippetAnswer = z.infer<typeof snippetSchema>;
