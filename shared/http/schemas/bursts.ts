import * as z from 'zod/mini';
import { PAGE_MANNERS } from '../../domain/burst.ts';

/** Longest reason for an undo, in characters. */
export const REASON_CHARACTERS = 1000;

/** What `POST /v1/bursts/{id}/undo` takes. */
export const burstUndoBodySchema = z.strictObject({
  reason: z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(REASON_CHARACTERS),
      z.meta({ description: 'Why this was a program, and who said so. Kept with the records, not in the ledger' }),
    ),
});
export type BurstUndoBody = z.infer<typeof burstUndoBodySchema>;

const stateSchema = z.enum(['open', 'undone']);
const countSchema = z.int().check(z.nonnegative());

export const burstUndoAnswerSchema = z.strictObject({
  id: z.string(),
  state: stateSchema,
  putBack: countSchema.check(z.meta({ description: 'People for whom this call put something back' })),
  kept: countSchema.check(
    z.meta({ description: 'People for whom all stays stopped: they said so by another request' }),
  ),
  left: countSchema.check(z.meta({ description: 'People whom this call did not reach: send it again' })),
});
export type BurstUndoAnswer = z.infer<typeof burstUndoAnswerSchema>;

/** For staff only. Names nobody: neither people nor networks. */
export const burstListSchema = z.strictObject({
  bursts: z.array(
    z.strictObject({
      id: z.string().check(z.meta({ description: 'Names the burst in the path of its undo' })),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      requests: countSchema,
      subjects: countSchema,
      manners: z.array(z.enum(PAGE_MANNERS)),
      scopes: z.array(z.string()),
      state: stateSchema,
      left: countSchema.check(z.meta({ description: 'People whom no undo has reached yet' })),
      undoneBy: z.array(z.string()).check(z.meta({ description: 'Ids of staff, from their tokens' })),
    }),
  ),
});
export type BurstList = z.infer<typeof burstListSchema>;
