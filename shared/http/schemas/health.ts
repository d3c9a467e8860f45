import * as z from 'zod/mini';

/** The answer of `GET /health` while the store answers; otherwise 503 with a problem document. */
export const healthSchema = z.strictObject({ status: z.literal('ok') });
export type Health = z.infer<typeof healthSchema>;
