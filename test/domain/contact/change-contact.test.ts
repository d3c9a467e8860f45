import { describe, expect, it } from 'vitest';
import { changeContact } from '../../../shared/domain/contact/change-contact.ts';
import type { Contact } from '../../../shared/domain/contact/contact.ts';
import { holdContact, putContact, releaseContact } from '../../../shared/domain/contact/contact-changes.ts';
import type { Contacts } from '../../../shared/domain/ports/contacts.ts';
import { DEFAULT_SCHEDULE } from '../../../shared/domain/retention/default-schedule.ts';
import { memoryContacts } from '../../support/memory-contacts.ts';
import { CONTACT_NOW, cancelledLongAgo, keysOf, newCustomer, onHold } from '../../support/sample-contact.ts';
import { testKeyRing } from '../../support/test-key-ring.ts';

const { subjectKeys } = testKeyRing();
const LATER = new Date(CONTACT_NOW.getTime() + 60_000);
const ports = (contacts: Contacts, now = LATER) => ({ contacts, now: () => now });
const namesOf = (contact: Contact) => ({ contactId: contact.contactId, keys: keysOf(contact) });

async function storing(contact: Contact) {
  const contacts = memoryContacts(subjectKeys.current);
  await contacts.replace(undefined, contact);
  return contacts;
}

describe('a change of a contact', () => {
  it('begins with the deletion of what is over, once', async () => {
    const contact = cancelledLongAgo(newCustomer());
    const contacts = await storing(contact);
    const seen = await changeContact(ports(contacts))(namesOf(contact), (known) => ({ known }));
    expect(Object.keys(seen.known?.classes ?? {})).toEqual(['billing']);
    expect(contacts.deletions).toMatchObject([{ class: 'account', by: 'purge' }]);
  });

  it('sees what is over but there when it may save it (DD-04)', async () => {
    const contact = cancelledLongAgo(newCustomer());
    const contacts = await storing(contact);
    const rules = { schedule: DEFAULT_SCHEDULE, now: LATER };
    const hold = { reason: 'A dispute', by: 'staff-1', placedAt: LATER };
    await changeContact(ports(contacts), { revive: true })(namesOf(contact), (known = contact) =>
      holdContact(known, 'dispute-1', hold, rules),
    );
    const saved = (await contacts.read(contact.contactId, keysOf(contact)))?.contact;
    expect(saved?.classes.account).not.toHaveProperty('expiresAt');
    expect(contacts.deletions).toEqual([]);
  });

  it('is decided anew when somebody else was faster, and given up after eight times', async () => {
    const contact = newCustomer();
    const contacts = await storing(contact);
    let asked = 0;
    const decide = () => {
      asked += 1;
      return { contact: onHold(contact) };
    };
    const slow: Contacts = { ...contacts, replace: async () => 'moved' };
    await expect(changeContact(ports(slow))(namesOf(contact), decide)).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    expect(asked).toBe(8);
  });

  it('is decided about nothing that is over, although somebody moved its end meanwhile', async () => {
    const contact = cancelledLongAgo(newCustomer());
    const contacts = await storing(contact);
    const seen: unknown[] = [];
    const stubborn: Contacts = { ...contacts, purge: async () => {} };
    const change = changeContact(ports(stubborn))(namesOf(contact), (known) => ({ seen: seen.push(known) }));
    await expect(change).rejects.toMatchObject({ kind: 'unavailable' });
    expect(seen).toEqual([]);
  });
});

describe('names that objects have by birth', () => {
  const rules = { schedule: DEFAULT_SCHEDULE, now: CONTACT_NOW };

  it.each(['constructor', 'valueof', 'toString'])('are no classes of the schedule: %s', (name) => {
    const put = { identifiers: [], classes: { [name]: {} } };
    expect(() => putContact(undefined, newCustomer(), put, rules)).toThrow('The schedule has no such class');
  });

  it('are no holds that somebody placed', () => {
    expect(releaseContact(newCustomer(), 'constructor', LATER, rules).kind).toBe('duplicate');
  });
});
