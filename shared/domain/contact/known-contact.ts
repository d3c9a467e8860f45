import { VisibleError } from '../errors.ts';
import type { SubjectKeys } from '../subject.ts';
import type { ContactNames } from './change-contact.ts';
import type { Contact, ContactId } from './contact.ts';

/** By which keys a contact may be known. */
export function contactNames(contactId: ContactId, subjectKeys: SubjectKeys): ContactNames {
  return { contactId, keys: subjectKeys.all({ kind: 'customer', canonical: contactId }) };
}

/** Whether there is a contact to speak of. One that has no class yet, or none any more, is none for anybody. */
export function isKnown(contact: Contact | undefined): contact is Contact {
  return contact !== undefined && Object.keys(contact.classes).length > 0;
}

/** The contact, or the one `VisibleError` for a contact that never was, is over, or has no class yet. */
export function requireKnown(contact: Contact | undefined): Contact {
  if (isKnown(contact)) return contact;
  throw new VisibleError('not-found', 'contact.unknown', 'There is no such contact');
}

/** Clocks differ by so much, and no more is taken for a slip. */
const TOLERANCE_MS = 5 * 60_000;

/** Refuses a time that has not come yet. Throws a `VisibleError` that names the field. */
export function refuseFuture(field: string, time: Date | undefined, now: Date): void {
  if (time === undefined || time.getTime() <= now.getTime() + TOLERANCE_MS) return;
  throw new VisibleError('invalid', 'contact.future', 'The time has not come yet', {
    field,
    accepted: 'A time in the past',
  });
}
