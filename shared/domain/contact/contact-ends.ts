import { epochSeconds, isExpired, timeToLive } from '../epoch.ts';
import { VisibleError } from '../errors.ts';
import { endOfPeriod } from '../retention/period.ts';
import { type RetentionSchedule, scheduleVersion } from '../retention/schedule.ts';
import { type Contact, type ContactClass, type ContactStatus, isHeld } from './contact.ts';

/**
 * When the schedule ends a class; `undefined` while the customer is one. Throws `VisibleError` for a class that the schedule does not name any
 * more: by which rule it should end is for a person to say, and silently keeping it for ever would be worse than the error.
 */
export function scheduledEnd(
  schedule: RetentionSchedule,
  name: string,
  facts: { status: ContactStatus; lastContactAt?: Date | undefined },
): Date | undefined {
  const { status, lastContactAt } = facts;
  // Own names only: `constructor` is a name like any other.
  const rule = Object.hasOwn(schedule.classes, name) ? schedule.classes[name] : undefined;
  if (rule === undefined) {
    const accepted = `A class of the schedule: ${Object.keys(schedule.classes).join(', ')}`;
    throw new VisibleError('invalid', 'class.unknown', 'The schedule has no such class', { accepted });
  }
  if (status.state === 'active') return undefined;
  const starts = {
    cancellation: status.cancelledAt,
    'contract-end': status.contractEndsAt ?? status.cancelledAt,
    'last-contact': lastContactAt ?? status.cancelledAt,
  };
  return endOfPeriod(starts[rule.trigger], rule, schedule.timeZone);
}

/** Sets by the schedule when a class is due. What the customer had erased stays due. */
export function withDue(
  contact: Contact,
  [name, held]: [string, ContactClass],
  schedule: RetentionSchedule,
): ContactClass {
  if (held.erasure !== undefined) return held;
  const { due: _, policyVersion: __, ...rest } = held;
  const due = scheduledEnd(schedule, name, { status: contact.status, lastContactAt: held.lastContactAt });
  return due === undefined ? rest : { ...rest, due, policyVersion: scheduleVersion(schedule) };
}

/**
 * Sets TTL by what is due: none while held or without an end, else the later of the end and the grace, and never in the past, which TTL may
 * ignore (DD-03).
 */
export function withTtl(contact: Contact, held: ContactClass, now: Date): ContactClass {
  const { expiresAt: _, ...rest } = held;
  if (held.due === undefined || isHeld(contact)) return rest;
  const end = new Date(Math.max(held.due.getTime(), held.notBefore?.getTime() ?? 0));
  return { ...rest, expiresAt: timeToLive(end, now) };
}

/** End of the contact as a whole, which is that of its last class; `undefined` while one has none. */
export function endOfContact({ classes, expiresAt }: Contact): Contact['expiresAt'] {
  const ends = Object.values(classes).map((held) => held.expiresAt);
  if (ends.length === 0) return expiresAt;
  const known = ends.filter((end) => end !== undefined);
  return known.length < ends.length ? undefined : epochSeconds(Math.max(...known));
}

/** The contact as everybody may see it at `now`: without classes that are over, and `undefined` when all of it is (DD-02). */
export function livingContact(contact: Contact | undefined, now: Date): Contact | undefined {
  if (contact === undefined || isExpired(endOfContact(contact), now)) return undefined;
  const living = Object.entries(contact.classes).filter(([, { expiresAt }]) => !isExpired(expiresAt, now));
  return { ...contact, classes: Object.fromEntries(living) };
}

/** Whether something of it is over and has not been deleted yet. */
export function hasEnded({ classes, ...contact }: Contact, now: Date): boolean {
  const ends = [contact.expiresAt, ...Object.values(classes).map(({ expiresAt }) => expiresAt)];
  return ends.some((end) => isExpired(end, now));
}
