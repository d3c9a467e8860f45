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

/** DynamoDB's TTL never deletes what ended longer ago (DD-03). A year less than its five, for clocks and for waiting. */
const LONGEST_PAST_SECONDS = 4 * 365 * 86_400;

/**
 * A value for the TTL attribute: the end, or `now` when that has passed. TTL ignores ends that lie more than five years back, so what was due
 * long ago ends now (DD-03). Throws `RangeError` for a time that no clock of ours can have meant.
 */
export function timeToLive(end: Date, now: Date): EpochSeconds {
  return epochSeconds(Math.ceil(Math.max(end.getTime(), now.getTime()) / 1000));
}

/** Refuses an end that TTL would silently ignore. Throws `RangeError`; what is stored passes through here before it is written. */
export function refuseIgnoredEnd(expiresAt: EpochSeconds, now: Date): EpochSeconds {
  if (epochSeconds(expiresAt) < now.getTime() / 1000 - LONGEST_PAST_SECONDS)
    throw new RangeError(`${expiresAt} lies so far back that TTL would ignore it`);
  return expiresAt;
}

/** Whether an item with this end is over, whatever DynamoDB has deleted so far (DD-02). No end: never over. */
export function isExpired(expiresAt: number | undefined, now: Date): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= now.getTime();
}
