import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBusinessDay } from '../../shared/domain/calendar/business-days.ts';
import { dayOf } from '../../shared/domain/calendar/day.ts';
import {
  COMPLAINT_MOVES,
  COMPLAINT_STATES,
  type ComplaintState,
  complaintDays,
  complaintState,
  isOverdue,
} from '../../shared/domain/complaint.ts';

describe('the last day to acknowledge a complaint (UK-01)', () => {
  it.each([
    ['a weekday', '2026-06-22T09:00:00Z', '2026-07-22'],
    ['counted from the local day of receipt', '2026-06-22T23:30:00Z', '2026-07-23'],
    ['a Saturday rolls to Monday', '2026-07-02T09:00:00Z', '2026-08-03'],
    ['a Sunday rolls to Monday', '2026-07-03T09:00:00Z', '2026-08-03'],
    ['Christmas Day rolls over Boxing Day and the weekend', '2026-11-25T09:00:00Z', '2026-12-29'],
    ['Good Friday rolls over Easter', '2027-02-24T09:00:00Z', '2027-03-30'],
  ])('%s', (_, received, expected) => {
    expect(complaintDays(new Date(received)).acknowledgeBy).toBe(expected);
  });

  it('is a business day at least 30 and at most 35 days after receipt', () => {
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-11-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (received) => {
        const { acknowledgeBy } = complaintDays(received);
        const day = dayOf(received, 'Europe/London');
        const apart = (new Date(acknowledgeBy).getTime() - new Date(day).getTime()) / 86_400_000;
        expect(isBusinessDay(acknowledgeBy, 'GB-ENG')).toBe(true);
        expect(apart).toBeGreaterThanOrEqual(30);
        expect(apart).toBeLessThanOrEqual(35);
      }),
    );
  });

  it('is over when its day is', () => {
    const days = complaintDays(new Date('2026-06-22T09:00:00Z'));
    expect(isOverdue('received', days, new Date('2026-07-22T22:59:59Z'))).toBe(false);
    expect(isOverdue('received', days, new Date('2026-07-22T23:00:00Z'))).toBe(true);
  });
});

describe('the last day to answer a complaint (GD-03)', () => {
  it.each([
    ['2027-01-31T12:00:00Z', '2027-03-01'],
    ['2028-01-31T12:00:00Z', '2028-02-29'],
    ['2026-06-22T12:00:00Z', '2026-07-22'],
  ])('received at %s is %s', (received, expected) => {
    expect(complaintDays(new Date(received)).answerBy).toBe(expected);
  });

  it.each([
    ['received', true],
    ['acknowledged', true],
    ['inquiring', true],
    ['appealed', true],
    ['resolved', false],
  ] as const)('a year later a complaint that is %s is overdue: %s', (state, expected) => {
    expect(isOverdue(state, complaintDays(new Date('2026-06-22T09:00:00Z')), new Date('2027-06-22'))).toBe(expected);
  });
});

describe('the state of a complaint', () => {
  it.each([
    ['received', 'pending', 'received'],
    ['received', 'sent', 'acknowledged'],
    ['received', 'delivered', 'acknowledged'],
    ['received', 'undelivered', 'received'],
    ['received', 'unconfirmed', 'received'],
    ['received', 'withheld', 'received'],
    ['received', 'none', 'received'],
    ['resolved', 'sent', 'resolved'],
  ] as const)('%s with a mail that is %s is %s', (stored, receipt, expected) => {
    expect(complaintState(stored, receipt)).toBe(expected);
  });

  it('is reached from receipt, whichever it is, and each leads on', () => {
    const reached = new Set<ComplaintState>(['received']);
    for (const _ of COMPLAINT_STATES)
      for (const { from, to } of Object.values(COMPLAINT_MOVES))
        if (from.some((one) => reached.has(one))) reached.add(to);
    expect(reached).toEqual(new Set(COMPLAINT_STATES));
    const leading = new Set(Object.values(COMPLAINT_MOVES).flatMap(({ from }) => from));
    expect(leading).toEqual(new Set(COMPLAINT_STATES));
  });
});
