import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfPeriod, isPeriod, isTimeZone } from '../../../shared/domain/retention/period.ts';
import { plainEnd } from '../contact/plain-calendar.ts';

const BERLIN = 'Europe/Berlin';
const end = (start: string, period: string, rule: { countedFrom?: 'year-end'; timeZone?: string } = {}) =>
  endOfPeriod(new Date(start), { period, countedFrom: rule.countedFrom }, rule.timeZone ?? BERLIN).toISOString();

describe('endOfPeriod', () => {
  it.each([
    ['a month from 31 January', '2027-01-31T12:00:00+01:00', 'P1M', '2027-02-28T11:00:00.000Z'],
    ['a month from 31 January of a leap year', '2028-01-31T12:00:00+01:00', 'P1M', '2028-02-29T11:00:00.000Z'],
    ['a year from 29 February', '2028-02-29T12:00:00+01:00', 'P1Y', '2029-02-28T11:00:00.000Z'],
    ['a day over the start of summer time', '2027-03-27T12:00:00+01:00', 'P1D', '2027-03-28T10:00:00.000Z'],
    ['seconds', '2027-03-27T12:00:00.250+01:00', 'PT30S', '2027-03-27T11:00:30.250Z'],
    ['the last second of a year in the zone', '2026-12-31T23:30:00+01:00', 'P1D', '2027-01-01T22:30:00.000Z'],
  ])('counts %s', (_, start, period, expected) => expect(end(start, period)).toBe(expected));

  it('counts from the end of the year in the zone, not in UTC', () => {
    expect(end('2026-12-31T23:30:00Z', 'P8Y', { countedFrom: 'year-end' })).toBe('2035-12-31T23:00:00.000Z');
    expect(end('2026-12-31T22:30:00Z', 'P8Y', { countedFrom: 'year-end' })).toBe('2034-12-31T23:00:00.000Z');
    expect(end('2026-12-31T23:30:00Z', 'P8Y', { countedFrom: 'year-end', timeZone: 'UTC' })).toBe(
      '2035-01-01T00:00:00.000Z',
    );
  });

  it('agrees with a slow calendar of plain dates', () => {
    const period = fc.record({
      years: fc.nat(12),
      months: fc.nat(30),
      days: fc.nat(400),
      seconds: fc.nat(86_400),
      fromYearEnd: fc.boolean(),
    });
    const zones = fc.constantFrom(BERLIN, 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    const start = fc.date({ min: new Date('2005-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(start, period, zones, (from, { fromYearEnd, ...amounts }, timeZone) => {
        const { years, months, days, seconds } = amounts;
        const written = `P${years}Y${months}M${days}DT${seconds}S`;
        const countedFrom = fromYearEnd ? 'year-end' : undefined;
        const counted = endOfPeriod(from, { period: written, countedFrom }, timeZone);
        expect(counted).toEqual(plainEnd(from, { ...amounts, fromYearEnd }, timeZone));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('isPeriod', () => {
  it.each(['P1D', 'P8Y', 'P1Y6M', 'PT5S', 'P100Y'])('takes %s', (period) => expect(isPeriod(period)).toBe(true));
  it.each(['', 'P', 'P0D', '-P1D', 'P101Y', '30 days', 'P1Y-1D', 'PT'])('refuses "%s"', (period) =>
    expect(isPeriod(period)).toBe(false),
  );
});

describe('isTimeZone', () => {
  it('knows IANA names and nothing else', () => {
    expect(['UTC', BERLIN].every(isTimeZone)).toBe(true);
    expect(['', 'Berlin', 'Mars/Base'].some(isTimeZone)).toBe(false);
  });
});
