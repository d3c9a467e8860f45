import { CLASS_PREFIX, CONTACT_SORT } from '../../shared/adapters/dynamo/contact-keys.ts';
import type { RestoredTable, StoredItem } from '../../shared/domain/ports/restored-tables.ts';

/** Gives a contact's own item the end of its last class. One whose classes are all gone goes with them. */
export async function followContact(contacts: RestoredTable, pk: string): Promise<void> {
  const items = await contacts.partition(pk);
  const contact = items.find(({ sk }) => sk === CONTACT_SORT);
  const classes = items.filter(({ sk }) => sk.startsWith(CLASS_PREFIX));
  // A cancellation that waits for its contact has no class yet, and an end of its own.
  if (contact === undefined || (classes.length === 0 && isWaiting(contact))) return;
  if (classes.length === 0) return await contacts.remove(contact);
  await put(contacts, contact, endOf(classes));
}

/** Gives a link the end of its contact. One without a contact goes. */
export async function followLink(contacts: RestoredTable, link: StoredItem): Promise<void> {
  const contact = await contacts.read({ pk: link.sk, sk: CONTACT_SORT });
  if (contact === undefined) return await contacts.remove(link);
  await put(contacts, link, contact.expiresAt);
}

function isWaiting({ identifiers }: StoredItem): boolean {
  return Array.isArray(identifiers) && identifiers.length === 0;
}

function endOf(classes: readonly StoredItem[]): number | undefined {
  const ends = classes.map(({ expiresAt }) => expiresAt);
  return ends.every((end) => typeof end === 'number') ? Math.max(...ends) : undefined;
}

async function put(contacts: RestoredTable, known: StoredItem, expiresAt: unknown): Promise<void> {
  if (known.expiresAt === expiresAt) return;
  const { expiresAt: _, ...rest } = known;
  const next = { ...rest, ...(expiresAt === undefined ? {} : { expiresAt }), pk: known.pk, sk: known.sk };
  await contacts.put(next, known);
}
