import { VisibleError } from '../errors.ts';
import type { Cancellation } from './contact-changes.ts';

/** How far ahead a cancellation may be announced, and its contract may end. Whole days; beyond that it is a slip of the pen. */
const MOST_AHEAD_DAYS = { cancelledAt: 366, contractEndsAt: 3660 } as const;
const DAY_MS = 86_400_000;
/** The zero of computers' clocks is no date that anybody cancelled on, and what is so old ends at once and for good. */
const EARLIEST = new Date('1970-01-03T00:00:00Z');

/** Refuses times that nobody can have meant. Throws a `VisibleError` that names the field and what is accepted. */
export function refuseImpossibleTimes(
  { cancelledAt, contractEndsAt }: Pick<Cancellation, 'cancelledAt' | 'contractEndsAt'>,
  now: Date,
): void {
  refuseFarAhead('cancelledAt', cancelledAt, now);
  if (cancelledAt < EARLIEST) {
    throw new VisibleError('invalid', 'cancellation.too-long-ago', 'The time is the zero of a clock, or before it', {
      field: 'cancelledAt',
      accepted: 'A time after 1970-01-02',
    });
  }
  if (contractEndsAt === undefined) return;
  refuseFarAhead('contractEndsAt', contractEndsAt, now);
  if (contractEndsAt < cancelledAt) {
    throw new VisibleError('invalid', 'cancellation.ends-before', 'The contract would end before it was cancelled', {
      field: 'contractEndsAt',
      accepted: 'A time not before cancelledAt',
    });
  }
}

function refuseFarAhead(field: keyof typeof MOST_AHEAD_DAYS, time: Date, now: Date): void {
  const days = MOST_AHEAD_DAYS[field];
  if (time.getTime() <= now.getTime() + days * DAY_MS) return;
  throw new VisibleError('invalid', 'cancellation.too-far', 'The time lies too far ahead', {
    field,
    accepted: `A time up to ${days} days ahead`,
  });
}
