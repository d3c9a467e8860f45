/** A slow calendar that knows nothing but `Intl`: the second opinion about ends of periods. */

interface Wall {
  year: number;
  month: number;
  day: number;
  /** Milliseconds since midnight, as a clock without summer time would count them. */
  time: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const formats = new Map<string, Intl.DateTimeFormat>();

function wallTime(instant: number, timeZone: string): Wall {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    } as const);
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, time: ((hour * 60 + minute) * 60 + second) * 1000 + (((instant % 1000) + 1000) % 1000) };
}

function asIfUtc({ year, month, day, time }: Wall): number {
  return Date.UTC(year, month - 1, day) + time;
}

/** The instant at which clocks in the zone show this; in the gap of spring the later, in the hour that comes twice the first. */
function instantOf(wall: Wall, timeZone: string): number {
  const guess = asIfUtc(wall);
  const offsets = [-2, -1, 0, 1, 2].map(
    (days) => asIfUtc(wallTime(guess + days * DAY, timeZone)) - (guess + days * DAY),
  );
  const fitting = [...new Set(offsets)]
    .map((offset) => guess - offset)
    .filter((instant) => asIfUtc(wallTime(instant, timeZone)) === guess)
    .sort((a, b) => a - b);
  // In the gap no instant fits: clocks that had not been put forward would show it.
  return fitting[0] ?? guess - Math.min(...offsets);
}

/** Years, months, days and seconds after `start`, counted from it or from the end of its year. */
export function plainEnd(
  start: Date,
  period: { years?: number; months?: number; days?: number; seconds?: number; fromYearEnd?: boolean },
  timeZone: string,
): Date {
  const { years = 0, months = 0, days = 0, seconds = 0, fromYearEnd = false } = period;
  const first = wallTime(start.getTime(), timeZone);
  const from = fromYearEnd ? { year: first.year + 1, month: 1, day: 1, time: 0 } : first;
  const monthIndex = from.month - 1 + months + years * 12;
  const year = from.year + Math.floor(monthIndex / 12);
  const month = (((monthIndex % 12) + 12) % 12) + 1;
  const day = Math.min(from.day, daysIn(year, month));
  const later = new Date(Date.UTC(year, month - 1, day) + days * DAY);
  const wall = {
    year: later.getUTCFullYear(),
    month: later.getUTCMonth() + 1,
    day: later.getUTCDate(),
    time: from.time,
  };
  const isMoved = years + months + days > 0 || fromYearEnd;
  return new Date((isMoved ? instantOf(wall, timeZone) : start.getTime()) + seconds * 1000);
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
