/** A day of the calendar, `2026-11-23`: what periods of law begin and end with. Sorts as text. */
export type Day = string & { readonly __kind: 'day' };

const MILLISECONDS = 86_400_000;

/** The day that a moment falls on, where the clocks are those of an IANA time zone. */
export function dayOf(moment: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const { year, month, day } = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}` as Day;
}

/** So many days later; the day itself is not counted, as laws have it (Regulation 1182/71, Article 3). */
export function daysAfter(day: Day, count: number): Day {
  return written(new Date(startOf(day).getTime() + count * MILLISECONDS));
}

/** GD-03: the same day of a later month, or the month's last one where there is no such day: 31 January is followed by 28 or 29 February. */
export function monthsAfter(day: Day, count: number): Day {
  const from = startOf(day);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return written(first);
}

export function isWeekend(day: Day): boolean {
  return [0, 6].includes(startOf(day).getUTCDay());
}

/** Midnight by UTC, to do sums and to write the day in words. */
export function startOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function written(date: Date): Day {
  return date.toISOString().slice(0, 10) as Day;
}
