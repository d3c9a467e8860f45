import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { contactNames, requireKnown } from '../../shared/domain/contact/known-contact.ts';
import type { Contacts } from '../../shared/domain/ports/contacts.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';

export interface ShowContactPorts {
  contacts: Pick<Contacts, 'read'>;
  subjectKeys: SubjectKeys;
  now: () => Date;
}

/** The contact without what is over, deleted or not (DD-02). */
export function showContact({ contacts, subjectKeys, now }: ShowContactPorts) {
  return async (contactId: ContactId): Promise<Contact> => {
    const stored = await contacts.read(contactId, contactNames(contactId, subjectKeys).keys);
    return requireKnown(livingContact(stored?.contact, now()));
  };
}
