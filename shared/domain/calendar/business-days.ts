import { type Day, daysAfter, isWeekend } from './day.ts';
import written from './holidays.json' with { type: 'json' };

/** Countries, or parts of them, whose public holidays we know. */
export type CalendarName = keyof typeof written.calendars;

/** Names the data that a date was counted by (CC-25); made by `npm run calendars`. */
export const CALENDAR_VERSION = written.version;

/**
 * Neither a weekend nor a public holiday there. A year that the calendar does not hold has no holidays, so that what is due then is due
 * early rather than late.
 */
export function isBusinessDay(day: Day, calendar: CalendarName): boolean {
  return !isWeekend(day) && !written.calendars[calendar].includes(day);
}

/** The day itself, or the next business day: a period whose last day is none ends with it. */
export function businessDayFrom(day: Day, calendar: CalendarName): Day {
  let end = day;
  while (!isBusinessDay(end, calendar)) end = daysAfter(end, 1);
  return end;
}
