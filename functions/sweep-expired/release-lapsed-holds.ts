import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact } from '../../shared/domain/contact/contact.ts';
import { releaseContact } from '../../shared/domain/contact/contact-changes.ts';
import { epochSeconds, secondsAfter } from '../../shared/domain/epoch.ts';
import type { ContactIndex, Contacts } from '../../shared/domain/ports/contacts.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';

export interface ReleaseLapsedHoldsPorts {
  contacts: Contacts;
  index: Pick<ContactIndex, 'listLapsedHolds'>;
  schedule: RetentionSchedule;
  now: () => Date;
  /** Whole days between the release and the deletion of what was due meanwhile. */
  graceDays: number;
}

/** Releases the holds whose own end has passed, as a person would have: with the grace. Resolves with the number of holds. */
export function releaseLapsedHolds({ contacts, index, schedule, now, graceDays }: ReleaseLapsedHoldsPorts) {
  const change = changeContact({ contacts, now });
  return async (): Promise<number> => {
    let count = 0;
    const time = epochSeconds(Math.floor(now().getTime() / 1000));
    for await (const { contactId, subjectKey } of index.listLapsedHolds(time)) {
      const { released } = await change({ contactId, keys: [subjectKey] }, (known, at) => {
        const graceUntil = new Date(secondsAfter(at, graceDays, 'days') * 1000);
        return withoutLapsed(known, { schedule, now: at, graceUntil });
      });
      count += released;
    }
    return count;
  };
}

function withoutLapsed(
  known: Contact | undefined,
  { graceUntil, ...rules }: { schedule: RetentionSchedule; now: Date; graceUntil: Date },
): { contact?: Contact; released: number } {
  const lapsed = Object.entries(known?.holds ?? {}).filter(
    ([, { until }]) => until !== undefined && until <= rules.now,
  );
  if (known === undefined || lapsed.length === 0) return { released: 0 };
  const release = (contact: Contact, [id]: (typeof lapsed)[number]) =>
    releaseContact(contact, id, graceUntil, rules).contact;
  return { contact: lapsed.reduce(release, known), released: lapsed.length };
}
