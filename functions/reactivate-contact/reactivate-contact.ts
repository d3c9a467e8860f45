import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { type Change, reactivateContact as reactivate } from '../../shared/domain/contact/contact-changes.ts';
import type { ContactPorts } from '../../shared/domain/contact/contact-ports.ts';
import { contactNames, requireKnown } from '../../shared/domain/contact/known-contact.ts';

/** The customer is one again from now on, if anything of the contact is still there. */
export function reactivateContact({ subjectKeys, schedule, ...ports }: ContactPorts) {
  const change = changeContact(ports);
  return async (contactId: ContactId): Promise<{ kind: Change['kind']; contact: Contact }> =>
    await change(contactNames(contactId, subjectKeys), (known, now) => {
      const contact = requireKnown(known);
      return reactivate(contact, contact, now, { schedule, now });
    });
}
