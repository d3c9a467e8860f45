import type { Contact, ContactId, Hold } from '../../shared/domain/contact/contact.ts';
import {
  cancelContact,
  holdContact,
  type PutContact,
  putContact,
} from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { identify } from './sample-opt-out.ts';
import { testKeyRing } from './test-key-ring.ts';

export const CONTACT_NOW = new Date('2026-11-26T10:00:00.250Z');
const RULES = { schedule: DEFAULT_SCHEDULE, now: CONTACT_NOW };

let customers = 0;

/** A customer who is one, of whom nothing is stored yet; every call makes another. */
export function newCustomer(facts: Partial<PutContact> = {}, { subjectKeys } = testKeyRing()): Contact {
  customers += 1;
  const contactId = `customer-${customers}` as ContactId;
  const names = { contactId, subjectKey: subjectKeys.current({ kind: 'customer', canonical: contactId }) };
  const classes = {
    account: { data: { tier: 'gold' } },
    billing: { references: [{ system: 'erp', reference: '4711' }] },
  };
  const identifiers = [identify(`person-${customers}@example.org`)];
  return putContact(undefined, names, { identifiers, classes, ...facts }, RULES).contact;
}

/** The same, cancelled so long ago that the account ends within the second and billing years later. */
export function cancelledLongAgo(contact: Contact): Contact {
  const cancelledAt = new Date('2026-01-15T10:00:00Z');
  return cancelContact(contact, contact, { cancelledAt, reason: 'moved away' }, RULES).contact;
}

export function onHold(contact: Contact, hold: Partial<Hold> = {}, holdId = 'dispute-1'): Contact {
  const whole = { reason: 'A dispute', by: 'staff-1', placedAt: CONTACT_NOW, ...hold };
  return holdContact(contact, holdId, whole, RULES).contact;
}

/** All keys under which this contact may stand. */
export function keysOf({ contactId }: Contact, { subjectKeys } = testKeyRing()) {
  return subjectKeys.all({ kind: 'customer', canonical: contactId });
}
