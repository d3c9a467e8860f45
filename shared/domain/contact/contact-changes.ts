import { defined } from '../defined.ts';
import { secondsAfter } from '../epoch.ts';
import type { RetentionSchedule } from '../retention/schedule.ts';
import type { Identifier } from '../subject.ts';
import type { Contact, ContactClass, ContactStatus, Hold, Json, Reference } from './contact.ts';
import { withDue, withTtl } from './contact-ends.ts';

/** By which rules, and when, something is decided. */
export interface Rules {
  schedule: RetentionSchedule;
  now: Date;
}

/** What became of an event. `superseded`: something newer is known already. `duplicate`: the same is known. */
export type Change = { kind: 'changed'; contact: Contact } | { kind: 'duplicate' | 'superseded'; contact: Contact };

/** How long a cancellation or reactivation may wait for its contact. Whole days. */
export const EARLY_EVENT_DAYS = 30;

/** The names under which a contact is stored, and how it began. */
export type NewContact = Pick<Contact, 'contactId' | 'subjectKey'>;

export interface PutContact {
  identifiers: readonly Identifier[];
  /** Since when this has been a customer: cancellations before that are of an earlier life. */
  activeSince?: Date | undefined;
  classes: Readonly<
    Record<
      string,
      { data?: Json | undefined; references?: readonly Reference[] | undefined; lastContactAt?: Date | undefined }
    >
  >;
}

/**
 * Writes identifiers and the named classes, whose ends follow from the contact's status; classes that are not named stay as they are.
 * Neither cancels nor reactivates, unless the contact is said to be active since after its cancellation.
 */
export function putContact(known: Contact | undefined, names: NewContact, put: PutContact, rules: Rules): Change {
  const { expiresAt: _, ...before } = known ?? contactToCome(names, rules.now);
  const begun = beginLife({ ...before, identifiers: put.identifiers }, put.activeSince, rules);
  const classes = Object.entries(put.classes).map(([name, { lastContactAt, ...content }]) => {
    // What is written anew was not erased.
    const { data: __, references: ___, erasure: ____, ...clock } = begun.classes[name] ?? {};
    const held: ContactClass = { ...clock, ...defined(content), ...defined({ lastContactAt }) };
    return [name, timed(begun, [name, held], rules)] as const;
  });
  return { kind: 'changed', contact: { ...begun, classes: { ...begun.classes, ...Object.fromEntries(classes) } } };
}

// `activeSince` is an event like a reactivation: the later one holds.
function beginLife(contact: Contact, activeSince: Date | undefined, rules: Rules): Contact {
  if (activeSince === undefined || (contact.decidedAt !== undefined && activeSince <= contact.decidedAt))
    return contact;
  return withStatus(contact, { state: 'active' }, { ...rules, at: activeSince });
}

export interface Cancellation {
  cancelledAt: Date;
  reason?: string | undefined;
  contractEndsAt?: Date | undefined;
  /**
   * When it was told, for events, which arrive in any order: of two that happened at the same time the one wins that keeps data longer. Absent: a
   * person says it now, and means it.
   */
  toldAt?: Date | undefined;
}

/**
 * Starts the clock of every class. A cancellation that happened before a reactivation loses against it, however late it arrives; the same one
 * again changes nothing; one of a contact that is not known yet waits for it.
 */
export function cancelContact(
  known: Contact | undefined,
  names: NewContact,
  asked: Cancellation,
  rules: Rules,
): Change {
  const { cancelledAt, toldAt, ...rest } = asked;
  const status: ContactStatus = { state: 'cancelled', cancelledAt, ...defined(rest) };
  // Announced ahead, it was decided when it was told.
  const at = new Date(Math.min(cancelledAt.getTime(), (toldAt ?? rules.now).getTime()));
  const contact = known ?? contactToCome(names, rules.now);
  const { decidedAt = new Date(0) } = contact;
  // Told once more, it also holds against a reactivation between the two.
  if (isSameStatus(contact.status, status)) {
    return at > decidedAt
      ? { kind: 'changed', contact: { ...contact, decidedAt: at } }
      : { kind: 'duplicate', contact };
  }
  const isOutlasted = toldAt !== undefined && at.getTime() === decidedAt.getTime() && outlasts(contact.status, status);
  if (at < decidedAt || isOutlasted) return { kind: 'superseded', contact };
  return { kind: 'changed', contact: withStatus(contact, status, { ...rules, at }) };
}

/**
 * The customer came back: every clock stops, but for what the customer had erased. Of two events at the same time the cancellation holds: it is
 * the one that lets data go.
 */
export function reactivateContact(known: Contact | undefined, names: NewContact, at: Date, rules: Rules): Change {
  const contact = known ?? contactToCome(names, rules.now);
  if (contact.decidedAt !== undefined && at <= contact.decidedAt) {
    return { kind: contact.status.state === 'active' ? 'duplicate' : 'superseded', contact };
  }
  return { kind: 'changed', contact: withStatus(contact, { state: 'active' }, { ...rules, at }) };
}

/** What is noted of a contact before it comes: events overtake each other. It ends by itself. */
function contactToCome(names: NewContact, now: Date): Contact {
  const expiresAt = secondsAfter(now, EARLY_EVENT_DAYS, 'days');
  return { ...names, identifiers: [], status: { state: 'active' }, holds: {}, classes: {}, expiresAt };
}

/** Stops the deletion of all that is still there, over or not (DD-04). Several holds overlap; the same id again takes the place of the first. */
export function holdContact(present: Contact, holdId: string, hold: Hold, rules: Rules): Change {
  const held = { ...present, holds: { ...present.holds, [holdId]: hold } };
  return { kind: 'changed', contact: eachClass(held, (one) => withTtl(held, one, rules.now)) };
}

/** Lifts one hold. After the last one all goes on as it is due, but not before the grace is over, which what is overdue needs. */
export function releaseContact(known: Contact, holdId: string, graceUntil: Date, rules: Rules): Change {
  if (!Object.hasOwn(known.holds, holdId)) return { kind: 'duplicate', contact: known };
  const { [holdId]: _, ...holds } = known.holds;
  const after = { ...known, holds };
  const isLast = Object.keys(holds).length === 0;
  return {
    kind: 'changed',
    contact: eachClass(after, (one) =>
      withTtl(after, isLast ? { ...one, notBefore: later(one.notBefore, graceUntil) } : one, rules.now),
    ),
  };
}

function withStatus(contact: Contact, status: ContactStatus, { at, ...rules }: Rules & { at: Date }): Contact {
  const next = { ...contact, status, decidedAt: at };
  return eachClass(next, (held, name) => timed(next, [name, held], rules));
}

/** The class with its end by schedule, holds and now. */
export function timed(contact: Contact, [name, held]: [string, ContactClass], { schedule, now }: Rules): ContactClass {
  return withTtl(contact, withDue(contact, [name, held], schedule), now);
}

/** The contact with each of its classes changed. */
export function eachClass(contact: Contact, change: (held: ContactClass, name: string) => ContactClass): Contact {
  const classes = Object.entries(contact.classes).map(([name, held]) => [name, change(held, name)]);
  return { ...contact, classes: Object.fromEntries(classes) };
}

function isSameStatus(a: ContactStatus, b: ContactStatus): boolean {
  return a.state === 'cancelled' && b.state === 'cancelled' && statusOrder(a) === statusOrder(b);
}

// What was deleted too early does not come back. An end that is named and the reason only make the order total.
function outlasts(a: ContactStatus, b: ContactStatus): boolean {
  return statusOrder(a) > statusOrder(b);
}

function statusOrder(status: ContactStatus): string {
  if (status.state === 'active') return '';
  const { cancelledAt, contractEndsAt, reason = '' } = status;
  return [cancelledAt.toISOString(), contractEndsAt?.toISOString() ?? '', reason].join(' ');
}

function later(a: Date | undefined, b: Date): Date {
  return a === undefined || a < b ? b : a;
}
