import * as z from 'zod/mini';

const pointsSchema = z.array(z.string().check(z.minLength(1), z.maxLength(500))).check(z.maxLength(50));

/** What a version says that the one before it did not, and the other way round. */
const editionSchema = z.strictObject({
  effectiveFrom: z.iso.date(),
  added: pointsSchema,
  removed: pointsSchema,
});

/** What a privacy notice knows about itself. Its points come from the settings and the retention schedule. */
export const noticeSchema = z.strictObject({
  /** BCP 47 tag of what is written in this notice and in the schedule. */
  language: z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
  /** When somebody last read the notice whole and found it true: at least every twelve months (CC-28). */
  lastReviewedAt: z.iso.date(),
  current: editionSchema,
  /** Newest first. `version` is what the page showed while it was in force. */
  earlier: z.array(z.extend(editionSchema, { version: z.string().check(z.regex(/^[0-9a-f]{12}$/)) })),
});

export type Notice = z.infer<typeof noticeSchema>;
export type Edition = z.infer<typeof editionSchema>;

/** Eleven months, so that one is left to review it (CC-28). Whole days. */
const REVIEW_DAYS = 335;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the notice must be read again: its last review is eleven months old, or lies ahead and so cannot be true. */
export function isReviewDue({ lastReviewedAt }: Pick<Notice, 'lastReviewedAt'>, now: Date): boolean {
  const days = (now.getTime() - Date.parse(lastReviewedAt)) / DAY_MS;
  return days >= REVIEW_DAYS || days < -1;
}
