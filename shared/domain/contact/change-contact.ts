import { epochSeconds } from '../epoch.ts';
import { VisibleError } from '../errors.ts';
import type { Contacts, StoredContact } from '../ports/contacts.ts';
import type { SubjectKey } from '../subject.ts';
import type { Contact, ContactId } from './contact.ts';
import { hasEnded } from './contact-ends.ts';

export interface ChangeContactPorts {
  contacts: Contacts;
  now: () => Date;
}

/** Which contact, by all keys under which it may stand. */
export interface ContactNames {
  contactId: ContactId;
  keys: readonly [SubjectKey, ...SubjectKey[]];
}

/** What a use case makes of a contact as it is there. `contact` absent: nothing is to be written. */
export type Decide<T> = (known: Contact | undefined, now: Date) => T & { contact?: Contact | undefined };

/** Others may write in between; more often than this and somebody is in a loop. */
const ATTEMPTS = 8;

/**
 * Reads a contact, lets `decide` say what becomes of it, and writes that in one step; again from the start when somebody else was faster. What is
 * over goes first, so that its deletion stands in the stream before anything new has its name. `revive`: it stays and `decide` sees it, which is
 * for holds alone (DD-04).
 */
export function changeContact(ports: ChangeContactPorts, options: { revive?: boolean } = {}) {
  return async <T extends object>(names: ContactNames, decide: Decide<T>): Promise<T> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const decided = await tryChange(ports, options, { names, decide });
      if (decided !== 'moved') return decided;
    }
    throw new VisibleError('unavailable', 'store.unavailable', 'Too many changes of one contact; nothing was done');
  };
}

async function tryChange<T extends object>(
  { contacts, now }: ChangeContactPorts,
  { revive = false }: { revive?: boolean },
  { names, decide }: { names: ContactNames; decide: Decide<T> },
): Promise<T | 'moved'> {
  const time = now();
  const read = await contacts.read(names.contactId, names.keys);
  const stored = revive ? read : await withoutEnded(contacts, read, time);
  // Somebody wrote between the look and the deletion.
  if (stored === 'moved') return 'moved';
  const decided = decide(stored?.contact, time);
  const { contact } = decided;
  if (contact === undefined || contact === stored?.contact) return decided;
  return (await contacts.replace(stored, contact)) === 'replaced' ? decided : 'moved';
}

async function withoutEnded(
  contacts: Contacts,
  read: StoredContact | undefined,
  now: Date,
): Promise<StoredContact | undefined | 'moved'> {
  if (read === undefined || !hasEnded(read.contact, now)) return read;
  await contacts.purge(read, epochSeconds(Math.floor(now.getTime() / 1000)));
  const left = await contacts.read(read.contact.contactId, [read.contact.subjectKey]);
  return left !== undefined && hasEnded(left.contact, now) ? 'moved' : left;
}
