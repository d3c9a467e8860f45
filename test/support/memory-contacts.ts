import type { Contact, ContactClass } from '../../shared/domain/contact/contact.ts';
import { endOfContact } from '../../shared/domain/contact/contact-ends.ts';
import { type EpochSeconds, isExpired } from '../../shared/domain/epoch.ts';
import type { ContactIndex, Contacts, FoundContact } from '../../shared/domain/ports/contacts.ts';
import type { Identifier, SubjectKey } from '../../shared/domain/subject.ts';

/** Sort keys as in the table: the contact's own item, and one for each class. */
const HEAD = 'CONTACT';
const CLASS = 'CLASS#';

/** The contact without its classes, as its own item has it. */
type Head = Omit<Contact, 'classes' | 'expiresAt'>;

interface Item {
  version: number;
  expiresAt: EpochSeconds | undefined;
  value: { head: Head } | { held: ContactClass };
}

/** A class item that was deleted, and the contact as it was just before. */
export interface MemoryDeletion {
  subjectKey: SubjectKey;
  class: string;
  held: ContactClass;
  contact: Contact | undefined;
  by: 'ttl' | 'purge';
}

export interface MemoryContacts extends Contacts, ContactIndex {
  deletions: readonly MemoryDeletion[];
  /** TTL comes by and deletes those items over at `now` that it happens to look at. */
  ttl(now: Date, looksAt?: (item: string) => boolean): void;
}

/**
 * {@link Contacts} and {@link ContactIndex} in memory, item by item as the table has them, so that TTL can take them in any order.
 * @param keyOf subject key of an identifier
 */
export function memoryContacts(keyOf: (identifier: Identifier) => SubjectKey): MemoryContacts {
  const contacts = new Map<SubjectKey, Map<string, Item>>();
  const deletions: MemoryDeletion[] = [];

  const remove = (subjectKey: SubjectKey, sort: string, by: MemoryDeletion['by']) => {
    const items = contacts.get(subjectKey) ?? new Map<string, Item>();
    const item = items.get(sort);
    if (item === undefined) return;
    const contact = joined(items);
    items.delete(sort);
    if ('held' in item.value)
      deletions.push({ subjectKey, class: sort.slice(CLASS.length), ...item.value, contact, by });
  };
  const endedItems = (now: Date) =>
    [...contacts].flatMap(([subjectKey, items]) =>
      [...items].filter(([, { expiresAt }]) => isExpired(expiresAt, now)).map(([sort]) => ({ subjectKey, sort })),
    );
  const living = (now: Date): FoundContact[] =>
    [...contacts.values()].flatMap((items) => {
      const contact = joined(items);
      return contact === undefined || isExpired(endOfContact(contact), now) ? [] : [contact];
    });

  return {
    deletions,
    ttl: (now, looksAt = () => true) => {
      for (const { subjectKey, sort } of endedItems(now)) if (looksAt(sort)) remove(subjectKey, sort, 'ttl');
    },
    read: async (contactId, keys) => {
      const items = keys.map((key) => contacts.get(key)).find((found) => found !== undefined && found.size > 0);
      if (items === undefined) return undefined;
      const contact = joined(items) ?? headless(contactId, keys, items);
      return { contact, versions: new Map([...items].map(([sort, { version }]) => [sort, version])) };
    },
    replace: async (before, next) => {
      const items = contacts.get(next.subjectKey) ?? new Map<string, Item>();
      const changed = [...itemsOf(next)].filter(([sort, item]) => !isSame(items.get(sort), item));
      const isMoved = changed.some(([sort]) => items.get(sort)?.version !== before?.versions.get(sort));
      if (isMoved) return 'moved';
      for (const [sort, item] of changed) items.set(sort, { ...item, version: (items.get(sort)?.version ?? 0) + 1 });
      contacts.set(next.subjectKey, items);
      return 'replaced';
    },
    purge: async ({ contact }, now) => {
      const over = endedItems(new Date(now * 1000)).filter(({ subjectKey }) => subjectKey === contact.subjectKey);
      for (const { subjectKey, sort } of over) remove(subjectKey, sort, 'purge');
    },
    findByIdentifier: async (keys, now) =>
      living(now).filter((found) => (found as Contact).identifiers.some((one) => keys.includes(keyOf(one)))),
    list: async function* () {
      yield { contacts: living(new Date(0)), cursor: undefined };
    },
    listLapsedHolds: async function* (time) {
      for (const found of living(new Date(0)))
        if (Object.values((found as Contact).holds).some(({ until }) => until && until.getTime() / 1000 < time))
          yield found;
    },
  };
}

function itemsOf(contact: Contact): Map<string, Omit<Item, 'version'>> {
  const { classes, expiresAt: _, ...head } = contact;
  const own = { expiresAt: endOfContact(contact), value: { head } };
  const rest = Object.entries(classes).map(
    ([name, held]) => [CLASS + name, { expiresAt: held.expiresAt, value: { held } }] as const,
  );
  return new Map<string, Omit<Item, 'version'>>([[HEAD, own], ...rest]);
}

function isSame(stored: Item | undefined, item: Omit<Item, 'version'>): boolean {
  return (
    stored !== undefined &&
    stored.expiresAt === item.expiresAt &&
    JSON.stringify(stored.value) === JSON.stringify(item.value)
  );
}

function joined(items: ReadonlyMap<string, Item>): Contact | undefined {
  const own = items.get(HEAD);
  if (own === undefined || !('head' in own.value)) return undefined;
  const { expiresAt } = own;
  return { ...own.value.head, classes: classesIn(items), ...(expiresAt === undefined ? {} : { expiresAt }) };
}

// TTL took the contact's own item first: what is left is over, and of a cancelled contact.
function headless(
  contactId: Contact['contactId'],
  [subjectKey]: readonly SubjectKey[],
  items: ReadonlyMap<string, Item>,
): Contact {
  if (subjectKey === undefined) throw new RangeError('A contact is read by at least one key');
  const cancelledAt = new Date(0);
  return {
    contactId,
    subjectKey,
    identifiers: [],
    status: { state: 'cancelled', cancelledAt },
    holds: {},
    classes: classesIn(items),
  };
}

function classesIn(items: ReadonlyMap<string, Item>): Record<string, ContactClass> {
  return Object.fromEntries(
    [...items].flatMap(([sort, { value }]) => ('held' in value ? [[sort.slice(CLASS.length), value.held]] : [])),
  );
}
