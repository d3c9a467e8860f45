import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { type PutContact, putContact as putInto } from '../../shared/domain/contact/contact-changes.ts';
import type { ContactPorts } from '../../shared/domain/contact/contact-ports.ts';
import { contactNames, isKnown, refuseFuture } from '../../shared/domain/contact/known-contact.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';

/** Writes a contact's identifiers and classes. Refuses classes that the schedule does not name, and times that have not come. */
export function putContact({ subjectKeys, schedule, ...ports }: ContactPorts) {
  const change = changeContact(ports);
  return async (contactId: ContactId, put: PutContact): Promise<{ contact: Contact; isNew: boolean }> => {
    refuseUnknownClasses(put, schedule);
    refuseFutures(put, ports.now());
    const names = contactNames(contactId, subjectKeys);
    return await change(names, (known, now) => ({
      contact: putInto(known, { contactId, subjectKey: names.keys[0] }, put, { schedule, now }).contact,
      isNew: !isKnown(known),
    }));
  };
}

function refuseUnknownClasses({ classes }: PutContact, schedule: RetentionSchedule): void {
  if (Object.keys(classes).every((name) => Object.hasOwn(schedule.classes, name))) return;
  const accepted = `Classes of the schedule: ${Object.keys(schedule.classes).join(', ')}`;
  throw new VisibleError('invalid', 'class.unknown', 'The schedule has no such class', { field: 'classes', accepted });
}

function refuseFutures({ activeSince, classes }: PutContact, now: Date): void {
  refuseFuture('activeSince', activeSince, now);
  for (const [name, { lastContactAt }] of Object.entries(classes))
    refuseFuture(`classes.${name}.lastContactAt`, lastContactAt, now);
}
