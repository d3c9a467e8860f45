import type { Request } from '../request.ts';

/** Where opt-outs, and pauses, are made effective. */
export interface OptOuts {
  /**
   * Writes suppression and request in one transaction; when it resolves the opt-out or pause is in force for every reader. A pause leaves
   * every opt-out as it is.
   * Rejects when nothing is known to be written: the caller must not claim success. Safe to repeat with the same request.
   */
  record(request: Request): Promise<void>;

  /** As {@link record}, but writes nothing when the very same scopes are opted out already (RF-06: repeats are idempotent). */
  recordUnlessInForce(request: Request): Promise<'recorded' | 'already-in-force'>;

  /** As {@link record}, but once for each request id, however much later it is repeated: what was undone since stays undone. */
  recordOnce(request: Request): Promise<'recorded' | 'recorded-before'>;
}
