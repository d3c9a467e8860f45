import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Contact, ContactId } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { type EpochSeconds, epochSeconds, isExpired, refuseIgnoredEnd } from '../../domain/epoch.ts';
import type { Contacts } from '../../domain/ports/contacts.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { SubjectKey, SubjectKeys } from '../../domain/subject.ts';
import { contactClassItem, contactItem, parseContact } from './contact-item.ts';
import { contactClassKey, contactKey } from './contact-keys.ts';
import { linkChanges, linkKeys, type Writing } from './contact-links.ts';
import { dynamoExpiredItems } from './expired-items.ts';
import { type Attributes, queryAll, type Table, toItem, transact } from './table.ts';

/** {@link Contacts}: an item for the contact, one for each class, one for each identifier that leads to it. */
export function dynamoContacts(table: Table, subjectKeys: SubjectKeys, now: () => Date): Contacts {
  return {
    read: (contactId, keys) => read(table, contactId, keys),
    replace: async (before, next) => {
      const writing = { table, before, next, now: now() };
      const TransactItems = [...itemChanges(writing), ...linkChanges(writing, subjectKeys)];
      const failed = await transact(table, { TransactItems });
      return failed.length === 0 ? 'replaced' : 'moved';
    },
    purge: async ({ contact }, time) => {
      const { remove } = dynamoExpiredItems(table);
      // Whole seconds: what ends at `time` has ended before the next one.
      const justAfter = epochSeconds(time + 1);
      await Promise.all(endedKeys(contact, time, subjectKeys).map((key) => remove(key, justAfter)));
    },
  };
}

// The ring's keys in their order: a contact stays under the key that it was first stored with.
async function read(table: Table, contactId: ContactId, keys: readonly SubjectKey[]) {
  for (const subjectKey of keys) {
    const items = await queryAll(table, contactKey(subjectKey).pk);
    if (items.length > 0) return parseContact(items, { contactId, subjectKey });
  }
  return undefined;
}

interface WrittenItem {
  key: ItemKey;
  item: Attributes;
  /** Nothing in it differs from what was read. */
  isUnchanged: boolean;
}

// The contact's own item is always written: its version is what two writers meet at.
function itemChanges({ table, before, next, now }: Writing): TransactWriteItem[] {
  const own = { key: contactKey(next.subjectKey), item: contactItem(next), isUnchanged: false };
  const classes = Object.entries(next.classes).map(([name, held]): WrittenItem => {
    const known = before?.contact.classes[name];
    const item = contactClassItem(next, name, held);
    const isUnchanged = known !== undefined && isDeepStrictEqual(item, contactClassItem(next, name, known));
    return { key: contactClassKey(next.subjectKey, name), item, isUnchanged };
  });
  return [own, ...classes].map((written) =>
    change(table, written, { version: before?.versions.get(written.key.sk), now }),
  );
}

function change(
  table: Table,
  { key, item, isUnchanged }: WrittenItem,
  { version, now }: { version: number | undefined; now: Date },
): TransactWriteItem {
  const condition = version === undefined ? isAbsent : isAsRead(version);
  if (isUnchanged) return { ConditionCheck: { TableName: table.name, Key: toItem(key), ...condition } };
  refuseIgnored(item, now);
  return { Put: { TableName: table.name, Item: toItem({ ...item, version: (version ?? 0) + 1 }), ...condition } };
}

const isAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };

function isAsRead(version: number) {
  return { ConditionExpression: 'version = :version', ExpressionAttributeValues: toItem({ ':version': version }) };
}

function refuseIgnored({ expiresAt }: Attributes, now: Date): void {
  if (expiresAt !== undefined) refuseIgnoredEnd(expiresAt as EpochSeconds, now);
}

function endedKeys(contact: Contact, time: EpochSeconds, subjectKeys: SubjectKeys): ItemKey[] {
  const { subjectKey, classes } = contact;
  const at = new Date(time * 1000);
  const ended = Object.entries(classes).filter(([, { expiresAt }]) => isExpired(expiresAt, at));
  const classKeys = ended.map(([name]) => contactClassKey(subjectKey, name));
  if (!isExpired(endOfContact(contact), at)) return classKeys;
  return [...classKeys, contactKey(subjectKey), ...linkKeys(contact, subjectKeys)];
}
