import { type RetentionSchedule, scheduleVersion } from '../retention/schedule.ts';
import type { Contact, ContactClass } from './contact.ts';
import { eachClass } from './contact-changes.ts';
import { scheduledEnd, withTtl } from './contact-ends.ts';

/** A new policy, when it is applied, and before when it ends nothing that it ends earlier. */
export interface Rescheduling {
  schedule: RetentionSchedule;
  now: Date;
  graceUntil: Date;
}

/** How one class fares. `unchanged` also for what has no end, what the customer had erased, and what the new policy does not name. */
export type Rescheduled = 'earlier' | 'later' | 'unchanged';

/**
 * Gives each class the end that a changed schedule sets. An end that comes earlier is never moved before the grace is over, and one that lies
 * within the grace already stays where it is.
 */
export function rescheduleContact(
  known: Contact,
  rescheduling: Rescheduling,
): { contact: Contact; classes: { class: string; change: Rescheduled }[] } {
  const contact = eachClass(known, (held, name) => rescheduled(known, [name, held], rescheduling));
  const classes = Object.entries(known.classes).map(([name, held]) => ({
    class: name,
    change: changeOf(held.due, contact.classes[name]?.due),
  }));
  return { contact, classes };
}

function rescheduled(contact: Contact, [name, held]: [string, ContactClass], rules: Rescheduling): ContactClass {
  const { schedule, now, graceUntil } = rules;
  const policyVersion = scheduleVersion(schedule);
  if (!isSetByPolicy(held) || held.policyVersion === policyVersion || !(name in schedule.classes)) return held;
  const due = scheduledEnd(schedule, name, { status: contact.status, lastContactAt: held.lastContactAt });
  if (due === undefined) return held;
  const moved = { ...held, due, policyVersion };
  const before = Math.max(held.due.getTime(), held.notBefore?.getTime() ?? 0);
  const notBefore = new Date(Math.min(before, Math.max(graceUntil.getTime(), held.notBefore?.getTime() ?? 0)));
  return withTtl(contact, due < held.due ? { ...moved, notBefore } : moved, now);
}

function isSetByPolicy(held: ContactClass): held is ContactClass & { due: Date } {
  return held.due !== undefined && held.erasure === undefined;
}

function changeOf(before: Date | undefined, after: Date | undefined): Rescheduled {
  if (before === undefined || after === undefined || before.getTime() === after.getTime()) return 'unchanged';
  return after < before ? 'earlier' : 'later';
}
