/**
 * Whole seconds since 1970-01-01T00:00Z, the only unit that DynamoDB's TTL understands. Strings, milliseconds and values more
 * than five years past are silently ignored by it (DD-03), so nothing else may reach the TTL attribute.
 */
export type EpochSeconds = number & { readonly __unit: 'epoch seconds' };

/** Checks the unit. Throws `RangeError` for milliseconds, fractions and dates before 2001. */
export function epochSeconds(value: number): EpochSeconds {
  if (!Number.isInteger(value) || value <= 1e9 || value >= 1e11) {
    throw new RangeError(`${value} is not a time in whole epoch seconds between 1e9 and 1e11`);
  }
  return value as EpochSeconds;
}

const SECONDS_PER = { hours: 3600, days: 86_400 } as const;

/** The time `amount` hours or days after `from`, rounded up so that nothing ends early. */
export function secondsAfter(from: Date, amount: number, unit: keyof typeof SECONDS_PER): EpochSeconds {
  return epochSeconds(Math.ceil(from.getTime() / 1000) + amount * SECONDS_PER[unit]);
}

/** Whether an item with this end is over, whatever DynamoDB has deleted so far (DD-02). No end: never over. */
export function isExpired(expiresAt: number | undefined, now: Date): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= now.getTime();
}
