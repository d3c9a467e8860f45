import { businessDayFrom, CALENDAR_VERSION, type CalendarName } from './calendar/business-days.ts';
import { type Day, dayOf, daysAfter, monthsAfter } from './calendar/day.ts';
import type { ReceiptState } from './request.ts';

/** Where a complaint stands (UK-01). */
export const COMPLAINT_STATES = ['received', 'acknowledged', 'inquiring', 'resolved', 'appealed'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** What staff note of a complaint. */
export const COMPLAINT_EVENTS = ['acknowledge', 'inquire', 'inform', 'resolve', 'appeal'] as const;
export type ComplaintEvent = (typeof COMPLAINT_EVENTS)[number];

/** The state machine: where each event may happen, and where it leads. The write's condition is built from it. */
export const COMPLAINT_MOVES: Readonly<
  Record<ComplaintEvent, { from: readonly ComplaintState[]; to: ComplaintState }>
> = {
  // For whom no mail reaches; otherwise the mail does it, see `complaintState`.
  acknowledge: { from: ['received'], to: 'acknowledged' },
  inquire: { from: ['acknowledged', 'appealed'], to: 'inquiring' },
  // Progress is told as often as there is any.
  inform: { from: ['inquiring'], to: 'inquiring' },
  resolve: { from: ['inquiring'], to: 'resolved' },
  appeal: { from: ['resolved'], to: 'appealed' },
};

/** What became of the mail when it has acknowledged the complaint. A mail that was withheld, lost or returned has told nobody anything. */
export const ACKNOWLEDGING_RECEIPTS = ['sent', 'delivered'] as const satisfies readonly ReceiptState[];

/** Where a complaint stands: as stored, and one that was received is acknowledged as soon as its mail is on its way. */
export function complaintState(stored: ComplaintState, receipt: ReceiptState): ComplaintState {
  const isMailed = ACKNOWLEDGING_RECEIPTS.some((state) => state === receipt);
  return stored === 'received' && isMailed ? 'acknowledged' : stored;
}

/** Last days, both included. */
export interface ComplaintDays {
  /** UK-01: 30 days from the day after receipt; a last day on a weekend or holiday rolls forward. */
  acknowledgeBy: Day;
  /** GD-03: one month, counted from receipt and again from an appeal. */
  answerBy: Day;
  /** The holidays that they were counted by. */
  calendar: string;
}

/** Whose clocks and holidays count: the United Kingdom is the only country that we know to set a period for complaints. */
const COMPLAINT_CALENDAR: CalendarName = 'GB-ENG';
const COMPLAINT_ZONE = 'Europe/London';
const ACKNOWLEDGE_DAYS = 30;
const ANSWER_MONTHS = 1;

/** The last days of a complaint that arrives, or is appealed, at this moment. */
export function complaintDays(at: Date): ComplaintDays {
  const day = dayOf(at, COMPLAINT_ZONE);
  return {
    acknowledgeBy: businessDayFrom(daysAfter(day, ACKNOWLEDGE_DAYS), COMPLAINT_CALENDAR),
    answerBy: businessDayFrom(monthsAfter(day, ANSWER_MONTHS), COMPLAINT_CALENDAR),
    calendar: `${COMPLAINT_CALENDAR}, ${CALENDAR_VERSION}`,
  };
}

/** Whether the last day of what is to be done next has passed. */
export function isOverdue(
  state: ComplaintState,
  { acknowledgeBy, answerBy }: Pick<ComplaintDays, 'acknowledgeBy' | 'answerBy'>,
  now: Date,
): boolean {
  if (state === 'resolved') return false;
  return dayOf(now, COMPLAINT_ZONE) > (state === 'received' ? acknowledgeBy : answerBy);
}
