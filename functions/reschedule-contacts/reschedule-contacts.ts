import { type ChangeContactPorts, changeContact } from '../../shared/domain/contact/change-contact.ts';
import { type Contact, isHeld } from '../../shared/domain/contact/contact.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { type Rescheduling, rescheduleContact } from '../../shared/domain/contact/contact-rescheduling.ts';
import { eachOf } from '../../shared/domain/each-of.ts';
import type { ContactIndex, FoundContact } from '../../shared/domain/ports/contacts.ts';
import { type RetentionSchedule, scheduleVersion } from '../../shared/domain/retention/schedule.ts';
import type { RescheduleCall, RescheduleReport } from './reschedule-call.ts';

export interface ReschedulePorts extends ChangeContactPorts {
  index: Pick<ContactIndex, 'list'>;
  schedule: RetentionSchedule;
  /** No end that comes earlier comes before so many days are over. */
  graceDays: number;
}

/** Contacts under way at a time. */
const AT_A_TIME = 20;
const DAY_MS = 86_400_000;

/**
 * Gives contacts the ends that the schedule of the stage sets, page by page from a cursor on, until about `limit` are done. What was given its
 * end by this schedule already stays as it is, so that a page which comes again changes nothing. Without `apply` it only counts.
 */
export function rescheduleContacts(ports: ReschedulePorts) {
  return async ({ cursor, limit, apply }: RescheduleCall): Promise<RescheduleReport> => {
    const report: RescheduleReport = {
      policyVersion: scheduleVersion(ports.schedule),
      counts: { earlier: 0, later: 0, unchanged: 0, held: 0 },
      contacts: 0,
    };
    for await (const page of ports.index.list(cursor)) {
      await eachOf(page.contacts, AT_A_TIME, (found) => rescheduleOne(ports, found, { report, apply }));
      if (page.cursor === undefined) return report;
      if (report.contacts >= limit) return { ...report, cursor: page.cursor };
    }
    return report;
  };
}

async function rescheduleOne(
  ports: ReschedulePorts,
  found: FoundContact,
  { report, apply }: { report: RescheduleReport; apply: boolean },
): Promise<void> {
  const { contactId, subjectKey } = found;
  const stored = await ports.contacts.read(contactId, [subjectKey]);
  // What is over stays over (DD-02), whatever a longer period would say.
  const known = livingContact(stored?.contact, ports.now());
  if (known === undefined) return;
  const { contact, classes } = rescheduleContact(known, rulesOf(ports, ports.now()));
  for (const { change } of classes) report.counts[isHeld(known) ? 'held' : change] += 1;
  report.contacts += 1;
  if (!apply || !isBehind(known, contact)) return;
  await changeContact(ports)({ contactId, keys: [subjectKey] }, (latest, now) => ({
    contact: latest && rescheduleContact(latest, rulesOf(ports, now)).contact,
  }));
}

function rulesOf({ schedule, graceDays }: ReschedulePorts, now: Date): Rescheduling {
  return { schedule, now, graceUntil: new Date(now.getTime() + graceDays * DAY_MS) };
}

// Also a class whose end stays where it is takes the name of the policy, so that the next run passes it over.
function isBehind({ classes }: Contact, next: Contact): boolean {
  return Object.entries(classes).some(
    ([name, { policyVersion }]) => next.classes[name]?.policyVersion !== policyVersion,
  );
}
