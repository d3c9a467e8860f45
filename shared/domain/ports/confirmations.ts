import type { Confirmation } from '../confirmation.ts';
import type { Request } from '../request.ts';

/** Reads single-use links. Looking never uses one up (EM-05). */
export interface Confirmations {
  /** Strongly consistent; `undefined` when unknown or over at `now`. A used one is still found, with `consumedAt`. */
  find(tokenHash: string, now: Date): Promise<Confirmation | undefined>;
}

/**
 * What pressing the button does: each consumes the link and has its effect in one transaction.
 * `already-used`: it was consumed before, or its time is over; nothing was written.
 */
export interface ConfirmationEffects {
  confirmMailbox(confirmation: Confirmation, now: Date): Promise<'done' | 'already-used'>;
  /** Step 1 of an opt-in: records the wish and the link of step 2; the opt-out stays in force (CC-15). */
  startOptIn(undo: Confirmation, step2: Confirmation, optIn: Request): Promise<'done' | 'already-used'>;
  /** Step 2: lifts the scopes unless a newer choice was made since step 1: that one holds. */
  completeOptIn(step2: Confirmation, now: Date): Promise<'done' | 'already-used' | 'newer-choice'>;
}
