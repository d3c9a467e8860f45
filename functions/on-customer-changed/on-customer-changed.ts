import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import {
  type Change,
  cancelContact,
  type NewContact,
  type Rules,
  reactivateContact,
} from '../../shared/domain/contact/contact-changes.ts';
import type { CustomerEvent } from './customer-event.ts';

export interface OnCustomerChangedPorts {
  /** Reads the contact, lets it be decided, and writes what came out; again when somebody else wrote meanwhile. */
  change: (
    contactId: ContactId,
    decide: (known: Contact | undefined, names: NewContact, rules: Rules) => Change,
  ) => Promise<unknown>;
}

/**
 * Takes what a CRM says of its customer. Bears repeats, delay and any order: the newest that happened holds. A contact that is not known yet
 * is waited for.
 */
export function onCustomerChanged({ change }: OnCustomerChangedPorts) {
  return async (event: CustomerEvent): Promise<void> => {
    await change(event.contactId, (known, names, rules) => decide(known, names, rules, event));
  };
}

function decide(known: Contact | undefined, names: NewContact, rules: Rules, event: CustomerEvent): Change {
  if (event.type === 'customer.reactivated') return reactivateContact(known, names, event.reactivatedAt, rules);
  const { cancelledAt, reason, contractEndsAt, toldAt } = event;
  return cancelContact(known, names, { cancelledAt, reason, contractEndsAt, toldAt }, rules);
}
