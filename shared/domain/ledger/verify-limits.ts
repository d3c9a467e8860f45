/** What a verifier tolerates. */
export interface VerifyLimits {
  /** How far a record's time may lie before that of an earlier one. Shards and retries mix times within the stream's 24 h (DD-06). */
  clockToleranceSeconds: number;
  /** How many records may wait for their first checkpoint. */
  unsealedRecords: number;
  /** How long the first of them may have waited; compared with `now`, and only if that is given. */
  unsealedSeconds: number;
  now?: string;
  /** Largest object, unpacked: more is refused, so that a small file cannot fill the memory. */
  maxObjectBytes: number;
  /** How many records back a doubled id or a step back in a subject's sequence is found; 0 turns this off. */
  recentRecords: number;
}

export const DEFAULT_LIMITS: VerifyLimits = {
  clockToleranceSeconds: 86_400,
  unsealedRecords: 100_000,
  unsealedSeconds: 86_400,
  maxObjectBytes: 64 * 1024 * 1024,
  recentRecords: 10_000,
};
