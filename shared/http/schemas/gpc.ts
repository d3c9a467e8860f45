import * as z from 'zod/mini';

/** The GPC support resource (GP-04): that the signal is honoured here, and since when that is stated. */
export const gpcSchema = z.strictObject({ gpc: z.literal(true), lastUpdate: z.iso.date() });
export type GpcStatement = z.infer<typeof gpcSchema>;
