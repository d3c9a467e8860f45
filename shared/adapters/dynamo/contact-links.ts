import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Contact } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { defined } from '../../domain/defined.ts';
import { refuseIgnoredEnd } from '../../domain/epoch.ts';
import type { StoredContact } from '../../domain/ports/contacts.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { SubjectKey, SubjectKeys } from '../../domain/subject.ts';
import { contactLinkKey } from './contact-keys.ts';
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
 * Makes the links to a contact say what it says: one per identifier, under the ring's current key, ending when the contact ends. Their own versions
 * need no condition, since whoever writes them writes the contact's own item as well.
 */
export function linkChanges({ table, before, next, now }: Writing, subjectKeys: SubjectKeys): TransactWriteItem[] {
  if (before !== undefined && isLinkedAlike(before.contact, next)) return [];
  const wanted = next.identifiers.map((one) => subjectKeys.current(one));
  const stale = [...(before?.contact.identifiers ?? []), ...next.identifiers]
    .flatMap((one) => subjectKeys.all(one))
    .filter((key) => !wanted.includes(key));
  return [
    ...[...new Set(wanted)].map((key) => ({ Update: linkUpdate({ table, next, now }, key) })),
    ...[...new Set(stale)].map((key) => ({
      Delete: { TableName: table.name, Key: toItem(contactLinkKey(key, next.subjectKey)) },
    })),
  ];
}

function isLinkedAlike(a: Contact, b: Contact): boolean {
  return isDeepStrictEqual(a.identifiers, b.identifiers) && endOfContact(a) === endOfContact(b);
}

function linkUpdate({ table, next: contact, now }: Omit<Writing, 'before'>, identifierKey: SubjectKey) {
  const { subjectKey, contactId } = contact;
  const end = endOfContact(contact);
  const set = 'SET subjectKey = :subject, contactId = :contact';
  return {
    TableName: table.name,
    Key: toItem(contactLinkKey(identifierKey, subjectKey)),
    UpdateExpression:
      end === undefined ? `${set} REMOVE expiresAt ADD version :one` : `${set}, expiresAt = :end ADD version :one`,
    ExpressionAttributeValues: toItem(
      defined({
        ':subject': subjectKey,
        ':contact': contactId,
        ':one': 1,
        ':end': end === undefined ? undefined : refuseIgnoredEnd(end, now),
      }),
    ),
  };
}
