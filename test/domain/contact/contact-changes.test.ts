import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact, ContactId } from '../../../shared/domain/contact/contact.ts';
import {
  cancelContact,
  holdContact,
  putContact,
  reactivateContact,
  releaseContact,
} from '../../../shared/domain/contact/contact-changes.ts';
import { livingContact } from '../../../shared/domain/contact/contact-ends.ts';
import { eraseContact } from '../../../shared/domain/contact/contact-erasure.ts';
import { rescheduleContact } from '../../../shared/domain/contact/contact-rescheduling.ts';
import type { SubjectKey } from '../../../shared/domain/subject.ts';
import { SCHEDULES } from './policies.ts';

const NAMES = { contactId: 'c-1' as ContactId, subjectKey: 'k1.contact' as SubjectKey };
const DAY = 86_400_000;
const NOW = new Date('2026-11-26T10:00:00Z');
const [schedule, shorter] = SCHEDULES;
if (schedule === undefined || shorter === undefined) throw new Error('There are several schedules');

const daysAfter = (days: number, from = NOW) => new Date(from.getTime() + days * DAY);
const rulesAt = (now: Date) => ({ schedule, now });
const expiryOf = ({ classes }: Contact, name = 'account') => classes[name]?.expiresAt;
const seconds = (time: Date) => Math.ceil(time.getTime() / 1000);

function customer(): Contact {
  const put = { identifiers: [], classes: { account: { data: { tier: 'gold' } }, billing: {} } };
  return putContact(undefined, NAMES, put, rulesAt(NOW)).contact;
}

function cancelled(cancelledAt = NOW, now = NOW): Contact {
  return cancelContact(customer(), NAMES, { cancelledAt }, rulesAt(now)).contact;
}

function held(contact: Contact, now = NOW, holdId = 'dispute-1'): Contact {
  return holdContact(contact, holdId, { reason: 'dispute', by: 'staff-1', placedAt: now }, rulesAt(now)).contact;
}

describe('a customer', () => {
  it('has no end', () =>
    expect(Object.values(customer().classes).map(({ expiresAt }) => expiresAt)).toEqual([undefined, undefined]));

  it('has an end for each class once cancelled, by its own rule', () => {
    expect(expiryOf(cancelled())).toBe(seconds(daysAfter(30)));
    expect(expiryOf(cancelled(), 'billing')).toBe(Date.parse('2027-12-31T23:00:00Z') / 1000);
  });

  it('ends at once when cancelled long ago, since TTL ignores what lies years back (DD-03)', () => {
    const longAgo = cancelled(daysAfter(-6 * 365));
    expect(expiryOf(longAgo)).toBe(seconds(NOW));
    expect(longAgo.classes).toMatchObject({ account: { due: daysAfter(30 - 6 * 365) } });
    expect(livingContact(longAgo, daysAfter(0.001))).toBeUndefined();
  });

  it('has no end again after coming back', () => {
    const { kind, contact } = reactivateContact(cancelled(), NAMES, daysAfter(1), rulesAt(daysAfter(1)));
    expect(kind).toBe('changed');
    expect(expiryOf(contact)).toBeUndefined();
    expect(contact.classes.account).not.toHaveProperty('due');
  });
});

interface DatedEvent {
  kind: string;
  day: number;
}

/** What is known after these events, when the contact itself came after `putAfter` of them. */
function replay(order: readonly DatedEvent[], putAfter: number) {
  const rules = rulesAt(daysAfter(30));
  const put = { identifiers: [], classes: { account: {} } };
  const step = (contact: Contact | undefined, { kind, day }: DatedEvent): Contact =>
    kind === 'cancelled'
      ? cancelContact(contact, NAMES, { cancelledAt: daysAfter(day) }, rules).contact
      : reactivateContact(contact, NAMES, daysAfter(day), rules).contact;
  const early = order.slice(0, putAfter).reduce<Contact | undefined>(step, undefined);
  const contact = order.slice(putAfter).reduce(step, putContact(early, NAMES, put, rules).contact);
  return { status: contact.status, classes: contact.classes };
}

describe('events out of order', () => {
  it('let a cancellation lose that is older than the reactivation', () => {
    const back = reactivateContact(cancelled(), NAMES, daysAfter(5), rulesAt(daysAfter(5))).contact;
    const late = cancelContact(back, NAMES, { cancelledAt: daysAfter(2) }, rulesAt(daysAfter(9)));
    expect(late).toEqual({ kind: 'superseded', contact: back });
  });

  it('tell a repeat from news', () => {
    expect(cancelContact(cancelled(), NAMES, { cancelledAt: NOW }, rulesAt(daysAfter(1))).kind).toBe('duplicate');
  });

  it('come to the same in every order, with repeats, before the contact and after it', () => {
    const event = fc.record({
      kind: fc.constantFrom('cancelled', 'reactivated'),
      day: fc.integer({ min: 0, max: 20 }),
    });
    const events = fc.uniqueArray(event, { minLength: 1, maxLength: 6, selector: ({ day }) => day });
    fc.assert(
      fc.property(
        events.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
            fc.nat(list.length),
          ),
        ),
        ([list, shuffled, putAfter]) => {
          const inOrder = list.toSorted((a, b) => a.day - b.day);
          expect(replay(shuffled, putAfter)).toEqual(replay(inOrder, 0));
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('a hold', () => {
  it('takes the end away, and gives it back when released', () => {
    const on = held(cancelled());
    expect(expiryOf(on)).toBeUndefined();
    const released = releaseContact(on, 'dispute-1', daysAfter(8), rulesAt(daysAfter(1))).contact;
    expect(expiryOf(released)).toBe(seconds(daysAfter(30)));
  });

  it('saves what is over and still there, and leaves it a grace', () => {
    const over = cancelled(daysAfter(-31));
    expect(livingContact(over, daysAfter(1))?.classes).not.toHaveProperty('account');
    const saved = held(over, daysAfter(1));
    expect(livingContact(saved, daysAfter(100))?.classes).toHaveProperty('account');
    const released = releaseContact(saved, 'dispute-1', daysAfter(107), rulesAt(daysAfter(100))).contact;
    expect(expiryOf(released)).toBe(seconds(daysAfter(107)));
  });

  it('goes on while another one does', () => {
    const twice = held(held(cancelled()), NOW, 'audit-2');
    const once = releaseContact(twice, 'dispute-1', daysAfter(7), rulesAt(NOW)).contact;
    expect(expiryOf(once)).toBeUndefined();
    expect(expiryOf(releaseContact(once, 'audit-2', daysAfter(7), rulesAt(NOW)).contact)).toBeDefined();
  });

  it('also keeps data that are put while it stands', () => {
    const put = { identifiers: [], classes: { support: {} } };
    expect(expiryOf(putContact(held(cancelled()), NAMES, put, rulesAt(NOW)).contact, 'support')).toBeUndefined();
  });
});

// GD-05.
describe('an erasure', () => {
  const erasure = { requestId: 'req_1', at: daysAfter(1) } as const;

  it('ends what no law and no hold keeps, and says what stays until when', () => {
    const { contact, outcomes } = eraseContact(cancelled(), erasure, { schedule });
    expect(livingContact(contact, erasure.at)?.classes).not.toHaveProperty('account');
    expect(outcomes).toEqual([
      { class: 'account', outcome: 'erased' },
      { class: 'billing', outcome: 'kept-by-law', until: new Date('2027-12-31T23:00:00Z') },
    ]);
  });

  it('ends the data of an active customer, too', () => {
    const { contact } = eraseContact(customer(), erasure, { schedule });
    expect(expiryOf(contact)).toBe(seconds(erasure.at));
    expect(expiryOf(contact, 'billing')).toBeUndefined();
  });

  it('waits for a hold, and goes on after it even if the customer comes back', () => {
    const { contact, outcomes } = eraseContact(held(cancelled()), erasure, { schedule });
    expect(outcomes[0]).toEqual({ class: 'account', outcome: 'kept-by-hold' });
    const back = reactivateContact(contact, NAMES, daysAfter(2), rulesAt(daysAfter(2))).contact;
    const released = releaseContact(back, 'dispute-1', daysAfter(10), rulesAt(daysAfter(3))).contact;
    expect(expiryOf(released)).toBe(seconds(daysAfter(10)));
  });
});

describe('a changed policy', () => {
  const change = (contact: Contact, now: Date) =>
    rescheduleContact(contact, { schedule: shorter, now, graceUntil: daysAfter(7, now) });

  it('never ends anything before the grace is over', () => {
    const { contact, classes } = change(cancelled(), daysAfter(1));
    expect(classes).toEqual([
      { class: 'account', change: 'earlier' },
      { class: 'billing', change: 'earlier' },
    ]);
    expect(expiryOf(contact)).toBe(seconds(daysAfter(8)));
  });

  it('leaves an end where it is that comes within the grace', () => {
    expect(expiryOf(change(cancelled(), daysAfter(28)).contact)).toBe(seconds(daysAfter(30)));
  });

  it('changes nothing a second time', () => {
    const once = change(cancelled(), daysAfter(1)).contact;
    expect(change(once, daysAfter(2))).toEqual({
      contact: once,
      classes: ['account', 'billing'].map((name) => ({ class: name, change: 'unchanged' })),
    });
  });

  it('touches neither customers nor what they had erased', () => {
    expect(change(customer(), NOW).contact).toEqual(customer());
  });
});
