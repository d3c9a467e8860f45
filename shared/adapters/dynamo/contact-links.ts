import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Contact } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { defined } from '../../domain/defined.ts';
import { refuseIgnoredEnd } from '../../domain/epoch.ts';
import type { StoredContact } from '../../domain/ports/contacts.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { SubjectKey, SubjectKeys } from '../../domain/subject.ts';
import { CONTACT_SORT, contactLinkKey } from './contact-keys.ts';
import { type Table, toItem } from './table.ts';

/** Keys of all links to a contact, under whichever ring key they were written. */
export function linkKeys({ identifiers, subjectKey }: Contact, subjectKeys: SubjectKeys): ItemKey[] {
  return identifiers.flatMap((one) => subjectKeys.all(one)).map((key) => contactLinkKey(key, subjectKey));
}

/** One write of a contact. */
export interface Writing {
  table: Table;
  before: StoredContact | undefined;
  next: Contact;
  now: Date;
}

/**
 * Makes the links to a contact say what it says: one per identifier, under the ring's current key, ending when the contact ends. They carry the
 * version of the contact's own item, which whoever writes them writes as well, and need no condition of their own.
 */
export function linkChanges({ table, before, next, now }: Writing, subjectKeys: SubjectKeys): TransactWriteItem[] {
  if (before !== undefined && isLinkedAlike(before.contact, next)) return [];
  const wanted = next.identifiers.map((one) => subjectKeys.current(one));
  const stale = [...(before?.contact.identifiers ?? []), ...next.identifiers]
    .flatMap((one) => subjectKeys.all(one))
    .filter((key) => !wanted.includes(key));
  return [
    ...[...new Set(wanted)].map((key) => ({
      Put: { TableName: table.name, Item: toItem(linkItem({ before, next, now }, key)) },
    })),
    ...[...new Set(stale)].map((key) => ({
      Delete: { TableName: table.name, Key: toItem(contactLinkKey(key, next.subjectKey)) },
    })),
  ];
}

function isLinkedAlike(a: Contact, b: Contact): boolean {
  return isDeepStrictEqual(a.identifiers, b.identifiers) && endOfContact(a) === endOfContact(b);
}

function linkItem({ before, next, now }: Omit<Writing, 'table'>, identifierKey: SubjectKey) {
  const { subjectKey, contactId } = next;
  const end = endOfContact(next);
  const expiresAt = end === undefined ? undefined : refuseIgnoredEnd(end, now);
  const version = (before?.versions.get(CONTACT_SORT) ?? 0) + 1;
  return defined({ ...contactLinkKey(identifierKey, subjectKey), subjectKey, contactId, expiresAt, version });
}
