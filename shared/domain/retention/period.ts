import { Temporal } from 'temporal-polyfill';

/** How long something is kept, counted from the moment that starts its clock. */
export interface Period {
  /** ISO 8601 duration, such as `P10Y`, `P6M` or `PT30S`. */
  period: string;
  /** `year-end`: the clock starts when the calendar year of the trigger is over, as commercial and tax law count. Absent: at the trigger. */
  countedFrom?: 'trigger' | 'year-end' | undefined;
}

/**
 * When the period is over, in the calendar of an IANA time zone: a month from 31 January ends on the last day of February, a year from 29 February on
 * 28 February, and a day has the hours that the zone gives it (GD-03). Throws `RangeError` for what is no duration or no zone.
 */
export function endOfPeriod(start: Date, { period, countedFrom }: Period, timeZone: string): Date {
  const trigger = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone);
  const from = countedFrom === 'year-end' ? nextYear(trigger) : trigger;
  return new Date(from.add(Temporal.Duration.from(period)).epochMilliseconds);
}

/** Units of a period, the greatest first. */
export const PERIOD_UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;

/** What a period is made of, the greatest unit first: `P1Y6M` is a year and six months. Throws `RangeError` for what is no duration. */
export function partsOfPeriod(period: string): { unit: (typeof PERIOD_UNITS)[number]; amount: number }[] {
  const duration = Temporal.Duration.from(period);
  return PERIOD_UNITS.map((unit) => ({ unit, amount: duration[unit] })).filter(({ amount }) => amount > 0);
}

/** Whether this is a duration with an end in sight: longer than nothing, and of a hundred years at most. */
export function isPeriod(period: string): boolean {
  try {
    const relativeTo = Temporal.PlainDate.from('2000-01-01');
    const years = Temporal.Duration.from(period).total({ unit: 'years', relativeTo });
    return years > 0 && years <= 100;
  } catch (error) {
    // Named failure: no ISO 8601 duration.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether the calendar knows this IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function nextYear(moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return moment.with({ month: 1, day: 1 }).startOfDay().add({ years: 1 });
}
