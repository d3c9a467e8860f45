import { refuseImpossibleTimes } from '../../shared/domain/contact/cancellation-limits.ts';
import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import {
  type Cancellation,
  type Change,
  cancelContact as cancel,
} from '../../shared/domain/contact/contact-changes.ts';
import type { ContactPorts } from '../../shared/domain/contact/contact-ports.ts';
import { contactNames, requireKnown } from '../../shared/domain/contact/known-contact.ts';

/** Starts the clock of a contact that is known. Events of the bus may come before their contact; a caller who is answered may not. */
export function cancelContact({ subjectKeys, schedule, ...ports }: ContactPorts) {
  const change = changeContact(ports);
  return async (contactId: ContactId, asked: Cancellation): Promise<{ kind: Change['kind']; contact: Contact }> => {
    refuseImpossibleTimes(asked, ports.now());
    return await change(contactNames(contactId, subjectKeys), (known, now) => {
      const contact = requireKnown(known);
      return cancel(contact, contact, asked, { schedule, now });
    });
  };
}
