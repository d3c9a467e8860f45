import { type Contact, isHeld } from '../../shared/domain/contact/contact.ts';
import { type Rescheduling, rescheduleContact } from '../../shared/domain/contact/contact-rescheduling.ts';
import { eachOf } from '../../shared/domain/each-of.ts';
import type { ContactIndex, FoundContact } from '../../shared/domain/ports/contacts.ts';
import { type RetentionSchedule, scheduleVersion } from '../../shared/domain/retention/schedule.ts';
import type { RescheduleCall, RescheduleReport } from './reschedule-call.ts';

export interface ReschedulePorts {
  index: Pick<ContactIndex, 'list'>;
  /** The contact as everybody may see it: what is over stays over (DD-02). */
  read: (found: FoundContact) => Promise<Contact | undefined>;
  /** Writes what is decided about what is there then; `decide` may be asked again. */
  change: (found: FoundContact, decide: (known: Contact) => Contact) => Promise<unknown>;
  schedule: RetentionSchedule;
  /** No end that comes earlier comes before so many days are over. */
  graceDays: number;
  now: () => Date;
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
  const known = await ports.read(found);
  if (known === undefined) return;
  const rules = rulesOf(ports);
  count(report, known, rules);
  if (apply && isBehind(known, rules)) await ports.change(found, (latest) => rescheduleContact(latest, rules).contact);
}

function rulesOf({ schedule, graceDays, now }: ReschedulePorts): Rescheduling {
  const at = now();
  return { schedule, now: at, graceUntil: new Date(at.getTime() + graceDays * DAY_MS) };
}

// Also a class whose end stays where it is takes the name of the policy, so that the next run passes it over.
function isBehind(known: Contact, rules: Rescheduling): boolean {
  const { contact } = rescheduleContact(known, rules);
  return Object.entries(known.classes).some(
    ([name, { policyVersion }]) => contact.classes[name]?.policyVersion !== policyVersion,
  );
}

function count(report: RescheduleReport, known: Contact, rules: Rescheduling): void {
  const { classes } = rescheduleContact(known, rules);
  for (const { change } of classes) report.counts[isHeld(known) ? 'held' : change] += 1;
  report.contacts += 1;
}
