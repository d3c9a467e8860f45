import * as z from 'zod/mini';

const count = z.int().check(z.gte(0));

/** What the function is asked. */
export const rescheduleCallSchema = z.strictObject({
  /** From the last report; absent: from the beginning. */
  cursor: z.optional(z.string()),
  /** After about so many contacts it reports, at the end of a page. */
  limit: z.int().check(z.gte(1)),
  /** `false`: nothing is written. */
  apply: z.boolean(),
});
export type RescheduleCall = z.infer<typeof rescheduleCallSchema>;

/** Classes by what becomes of their end. Those of contacts on hold are counted as held, whatever it is. */
export const countsSchema = z.strictObject({ earlier: count, later: count, unchanged: count, held: count });

/** What the function says. */
export const rescheduleReportSchema = z.strictObject({
  policyVersion: z.string(),
  counts: countsSchema,
  contacts: count,
  /** Where to go on; absent: all are done. */
  cursor: z.optional(z.string()),
});
export type RescheduleReport = z.infer<typeof rescheduleReportSchema>;
