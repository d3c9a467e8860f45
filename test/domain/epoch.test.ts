import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochSeconds, isExpired, secondsAfter } from '../../shared/domain/epoch.ts';

const inSeconds = (iso: string) => Date.parse(iso) / 1000;

describe('epochSeconds (DD-03)', () => {
  it('takes whole seconds', () => {
    expect(epochSeconds(1_800_000_000)).toBe(1_800_000_000);
  });

  it.each([
    ['milliseconds', Date.parse('2026-11-23T00:00:00Z')],
    ['a fraction', 1_800_000_000.5],
    ['zero', 0],
    ['the lower bound', 1e9],
    ['the upper bound', 1e11],
    ['a negative time', -1_800_000_000],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a string', '1800000000' as unknown as number],
    ['nothing', undefined as unknown as number],
  ])('refuses %s', (_, value) => {
    expect(() => epochSeconds(value)).toThrow(RangeError);
  });
});

describe('secondsAfter', () => {
  it('counts hours and days', () => {
    const from = new Date('2026-02-28T23:00:00.000Z');
    expect(secondsAfter(from, 24, 'hours')).toBe(inSeconds('2026-03-01T23:00:00Z'));
    expect(secondsAfter(from, 28, 'days')).toBe(inSeconds('2026-03-28T23:00:00Z'));
  });

  it('rounds up, so that nothing ends early', () => {
    expect(secondsAfter(new Date('2026-01-01T00:00:00.001Z'), 1, 'hours')).toBe(inSeconds('2026-01-01T01:00:01Z'));
  });

  it('refuses a broken date rather than write an end that TTL ignores', () => {
    expect(() => secondsAfter(new Date(Number.NaN), 1, 'days')).toThrow(RangeError);
  });
});

describe('isExpired (DD-02)', () => {
  const end = inSeconds('2026-11-23T12:00:00Z');

  it.each([
    ['2026-11-23T11:59:59.999Z', false],
    ['2026-11-23T12:00:00.000Z', true],
    ['2027-01-01T00:00:00.000Z', true],
  ])('at %s says %s', (now, expected) => {
    expect(isExpired(end, new Date(now))).toBe(expected);
  });

  it('never ends what has no end (CS-08)', () => {
    expect(isExpired(undefined, new Date('2999-01-01T00:00:00Z'))).toBe(false);
  });

  it('agrees with secondsAfter: living until then, over from then on', () => {
    const times = fc.date({ min: new Date('2002-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 2000 }), (from, hours) => {
        const ends = secondsAfter(from, hours, 'hours');
        expect(isExpired(ends, new Date(from.getTime() + hours * 3_600_000 - 1))).toBe(false);
        expect(isExpired(ends, new Date(ends * 1000))).toBe(true);
      }),
    );
  });
});
