import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Holidays from 'date-holidays';

const FILE = new URL('../shared/domain/calendar/holidays.json', import.meta.url);
const YEARS = [2026, 2027, 2028, 2029, 2030];
const PLACES = { 'GB-ENG': ['GB', 'ENG'], US: ['US'], DE: ['DE'] } as const;

/** Public holidays of the places whose laws count business days, from date-holidays, as a few kilobytes that functions carry. */
export function holidays(): object {
  const calendars = Object.entries(PLACES).map(([name, [country, state]]) => {
    const source = state === undefined ? new Holidays(country) : new Holidays(country, state);
    const days = YEARS.flatMap((year) => source.getHolidays(year))
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10));
    return [name, [...new Set(days)]];
  });
  return { version: `date-holidays ${sourceVersion()}`, years: YEARS, calendars: Object.fromEntries(calendars) };
}

function sourceVersion(): string {
  const path = createRequire(import.meta.url).resolve('date-holidays/package.json');
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

if (import.meta.main) writeFileSync(FILE, `${JSON.stringify(holidays(), undefined, 2)}\n`);
