/** `npm run bench:contacts`: how many contacts are cancelled by list, and rescheduled, for each second of CPU; and how large their items are. */

import { cancelKnown } from '../../functions/import-cancellations/cancel-known.ts';
import { importCancellations } from '../../functions/import-cancellations/import-cancellations.ts';
import { rescheduleContacts } from '../../functions/reschedule-contacts/reschedule-contacts.ts';
import { contactClassItem, contactItem } from '../../shared/adapters/dynamo/contact-item.ts';
import { contactLinkKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { cancelContact, putContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { memoryContacts } from '../support/memory-contacts.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const CONTACTS = 500;
const NOW = new Date('2026-11-26T12:00:00Z');
const now = () => NOW;
const rules = { schedule: DEFAULT_SCHEDULE, now: NOW };
const { subjectKeys } = testKeyRing();
const classes = Object.fromEntries(
  Object.keys(DEFAULT_SCHEDULE.classes).map((name) => [name, { references: [reference(name)] }]),
);

const bare = await cpuSeconds(readAndWrite);
for (const [name, act] of Object.entries({ import: importAll, reschedule: rescheduleAll })) {
  const seconds = await cpuSeconds(act);
  const perSecond = Math.round(CONTACTS / seconds).toLocaleString('en');
  print(
    `${name.padEnd(12)}${(seconds / bare).toFixed(1).padStart(6)} ×${perSecond.padStart(10)} contacts for each second of CPU`,
  );
}
print(
  `1 × = reading and writing ${CONTACTS} contacts of ${Object.keys(classes).length} classes in memory, by nobody's rule\n`,
);
for (const [name, bytes] of Object.entries(itemBytes())) print(`${name.padEnd(12)}${String(bytes).padStart(6)} bytes`);

function reference(name: string) {
  return { system: 'crm', reference: `customers/4711/${name}` };
}

function contactOf(index: number): Contact {
  const contactId = `customer-${index}` as ContactId;
  const subjectKey = subjectKeys.current({ kind: 'customer', canonical: contactId });
  const identifiers = [{ kind: 'email', canonical: `jane.doe.${index}@example.org` }] as const;
  return putContact(undefined, { contactId, subjectKey }, { identifiers, classes }, rules).contact;
}

async function filled(change: (contact: Contact) => Contact = (contact) => contact) {
  const contacts = memoryContacts(subjectKeys.current);
  for (let index = 0; index < CONTACTS; index += 1) await contacts.replace(undefined, change(contactOf(index)));
  return contacts;
}

/** CPU time of what `prepare` makes ready; the best of some, as whatever else the machine does only slows one down. */
async function cpuSeconds(prepare: () => Promise<() => Promise<unknown>>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const act = await prepare();
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return Math.min(...times);
}

async function readAndWrite() {
  const contacts = await filled();
  const all = Array.from({ length: CONTACTS }, (_, index) => contactOf(index));
  return async () => {
    for (const { contactId, subjectKey } of all) {
      const stored = await contacts.read(contactId, [subjectKey]);
      if (stored !== undefined) await contacts.replace(stored, { ...stored.contact, decidedAt: NOW });
    }
  };
}

async function importAll() {
  const cancel = cancelKnown({ contacts: await filled(), subjectKeys, schedule: DEFAULT_SCHEDULE, now });
  const run = importCancellations({ cancel, hasTime: () => true, report: () => undefined });
  const value = (index: number) => ({ contactId: `customer-${index}`, cancelledAt: '2026-11-01T08:00:00Z' });
  const lines = Array.from({ length: CONTACTS }, (_, index) => ({ line: index + 1, value: value(index) }));
  return () => run(lines);
}

async function rescheduleAll() {
  const contacts = await filled((contact) => cancelContact(contact, contact, { cancelledAt: NOW }, rules).contact);
  const schedule = { ...DEFAULT_SCHEDULE, date: '2026-12-01' };
  return () =>
    rescheduleContacts({ contacts, index: contacts, schedule, graceDays: 7, now })({ limit: CONTACTS, apply: true });
}

/** As DynamoDB counts: names and values in UTF-8. */
function itemBytes(): Record<string, number> {
  const { contact } = cancelContact(contactOf(4711), contactOf(4711), { cancelledAt: NOW, reason: 'moved' }, rules);
  const { subjectKey, contactId } = contact;
  const { account = {} } = contact.classes;
  const link = { ...contactLinkKey(subjectKey, subjectKey), contactId, subjectKey, expiresAt: 1_900_000_000 };
  const items = {
    contact: contactItem(contact),
    class: contactClassItem(contact, 'account', account),
    link,
  };
  const bytes = (item: object) =>
    Buffer.byteLength(
      JSON.stringify(
        Object.entries(toItem({ ...item, version: 1 })).flatMap(([name, value]) => [name, Object.values(value)]),
      ).replaceAll(/[[\]",{}:]/g, ''),
    );
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [name, bytes(item)]));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
