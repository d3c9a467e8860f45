import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidays } from '../../../infra/calendars.ts';
import { businessDayFrom, isBusinessDay } from '../../../shared/domain/calendar/business-days.ts';
import { type Day, dayOf, daysAfter, isWeekend, monthsAfter } from '../../../shared/domain/calendar/day.ts';
import written from '../../../shared/domain/calendar/holidays.json' with { type: 'json' };

const day = (text: string) => text as Day;
const days = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => dayOf(date, 'UTC'));

describe('a day', () => {
  it.each([
    ['2026-07-01T22:59:59Z', 'Europe/London', '2026-07-01'],
    ['2026-07-01T23:00:00Z', 'Europe/London', '2026-07-02'],
    ['2026-12-31T23:59:59Z', 'Europe/London', '2026-12-31'],
    ['2026-12-31T23:00:00Z', 'Europe/Berlin', '2027-01-01'],
  ])('at %s in %s is %s', (moment, zone, expected) => {
    expect(dayOf(new Date(moment), zone)).toBe(expected);
  });

  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2027-03-31', 1, '2027-04-30'],
    ['2027-12-15', 1, '2028-01-15'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-28'],
  ])('%s and %i months is %s (GD-03)', (from, count, expected) => {
    expect(monthsAfter(day(from), count)).toBe(expected);
  });

  it('never skips a month', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const months = (text: Day) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(monthsAfter(from, count)) - months(from)).toBe(count);
      }),
    );
  });

  it('and so many days are so far apart', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 800 }), (from, count) => {
        expect(new Date(daysAfter(from, count)).getTime() - new Date(from).getTime()).toBe(count * 86_400_000);
      }),
    );
  });
});

describe('a business day', () => {
  it.each([
    ['2026-12-25', 'GB-ENG', '2026-12-29'],
    ['2027-03-26', 'GB-ENG', '2027-03-30'],
    ['2027-03-26', 'US', '2027-03-26'],
    ['2027-07-04', 'US', '2027-07-06'],
    ['2027-05-06', 'DE', '2027-05-07'],
    ['2027-05-05', 'DE', '2027-05-05'],
  ] as const)('from %s on in %s is %s', (from, calendar, expected) => {
    expect(businessDayFrom(day(from), calendar)).toBe(expected);
  });

  it('is one, and the first of them', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('GB-ENG', 'US', 'DE'), (from, calendar) => {
        const found = businessDayFrom(from, calendar);
        expect(isBusinessDay(found, calendar)).toBe(true);
        for (let earlier = from; earlier < found; earlier = daysAfter(earlier, 1))
          expect(isBusinessDay(earlier, calendar)).toBe(false);
      }),
    );
  });

  it('errs early in a year without data: holidays count as business days, weekends do not', () => {
    expect(isBusinessDay(day('2035-12-25'), 'GB-ENG')).toBe(true);
    expect(isWeekend(day('2035-12-23'))).toBe(true);
    expect(isBusinessDay(day('2035-12-23'), 'GB-ENG')).toBe(false);
  });
});

describe('the holidays', () => {
  it('are what `npm run calendars` writes, with the version of their source', () => {
    expect(written).toEqual(holidays());
  });
});
