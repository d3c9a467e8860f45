import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Contact, ContactClass, ContactId } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { type EpochSeconds, refuseIgnoredEnd } from '../../domain/epoch.ts';
import type { Contacts, StoredContact } from '../../domain/ports/contacts.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { SubjectKey, SubjectKeys } from '../../domain/subject.ts';
import { contactClassItem, contactItem, parseClassItem, parseContactItem } from './contact-item.ts';
import { CLASS_PREFIX, CONTACT_SORT, contactKey, contactLinkKey } from './contact-keys.ts';
import { type Attributes, fromItem, reach, type Table, toItem, transact } from './table.ts';

/** {@link Contacts}: an item for the contact, one for each class, one for each identifier that leads to it. */
export function dynamoContacts(table: Table, { current }: Pick<SubjectKeys, 'current'>, now: () => Date): Contacts {
  const itemsOf = (contact: Contact) => [
    contactItem(contact),
    ...Object.entries(contact.classes).map(([name, held]) => contactClassItem(contact.subjectKey, name, held)),
    ...linkItems(contact, current),
  ];
  return {
    read: async (contactId, keys) => {
      for (const key of keys) {
        const found = await readPartition(table, key);
        if (found.length > 0) return joined(contactId, key, found);
      }
      return undefined;
    },
    replace: async (before, next) => {
      const known = new Map(before === undefined ? [] : itemsOf(before.contact).map((item) => [nameOf(item), item]));
      const items = itemsOf(next);
      const written = items.filter((item) => item.sk === CONTACT_SORT || !isSame(item, known.get(nameOf(item))));
      const names = new Set(items.map(nameOf));
      const gone = [...known.values()].filter((item) => isLink(item) && !names.has(nameOf(item)));
      const failed = await transact(table, {
        TransactItems: [
          ...written.map((item) => put(table, item, { before, now: now() })),
          ...gone.map((item) => unlink(table, item)),
        ],
      });
      return failed.length === 0 ? 'replaced' : 'moved';
    },
    purge: async ({ contact, versions }, time) => {
      const own = [...versions.keys()].map((sk) => ({ pk: contactKey(contact.subjectKey).pk, sk }));
      const links = linkItems(contact, current).map(({ pk, sk }) => ({ pk, sk }) as ItemKey);
      for (const key of [...own, ...links]) await removeEnded(table, key, time);
    },
  };
}

async function readPartition(table: Table, key: SubjectKey): Promise<Attributes[]> {
  const found: Attributes[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': contactKey(key).pk }),
    },
  );
  await reach(
    (async () => {
      for await (const { Items = [] } of pages) found.push(...Items.map(fromItem));
    })(),
  );
  return found;
}

function joined(contactId: ContactId, subjectKey: SubjectKey, items: readonly Attributes[]): StoredContact {
  const own = items.find(({ sk }) => sk === CONTACT_SORT);
  const classes = Object.fromEntries(items.filter(({ sk }) => String(sk).startsWith(CLASS_PREFIX)).map(parseClassItem));
  const contact = own === undefined ? remains(contactId, subjectKey, classes) : parseContactItem(own, classes);
  return { contact, versions: new Map(items.map(({ sk, version }) => [String(sk), Number(version)])) };
}

// TTL took the contact's own item first: what is left is over, and of a customer who had cancelled.
function remains(contactId: ContactId, subjectKey: SubjectKey, classes: Record<string, ContactClass>): Contact {
  const status = { state: 'cancelled', cancelledAt: new Date(0) } as const;
  return { contactId, subjectKey, identifiers: [], status, holds: {}, classes };
}

function linkItems(contact: Contact, keyOf: SubjectKeys['current']): Attributes[] {
  const { contactId, subjectKey, identifiers } = contact;
  const expiresAt = endOfContact(contact);
  const keys = new Set(identifiers.map(keyOf));
  return [...keys].map((key) => ({
    ...contactLinkKey(key, subjectKey),
    ...{ contactId, subjectKey },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }));
}

// Named conditions: itemIsNew, or itemIsTheOneRead. Links have no version of their own: the contact's item, always written, speaks for them.
function put(
  table: Table,
  item: Attributes,
  { before, now }: { before: StoredContact | undefined; now: Date },
): TransactWriteItem {
  const { expiresAt } = item;
  if (expiresAt !== undefined) refuseIgnoredEnd(expiresAt as EpochSeconds, now);
  const version = before?.versions.get(String(item.sk));
  const condition = isLink(item)
    ? {}
    : version === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'version = :version', ExpressionAttributeValues: toItem({ ':version': version }) };
  return { Put: { TableName: table.name, Item: toItem({ ...item, version: (version ?? 0) + 1 }), ...condition } };
}

function unlink(table: Table, { pk, sk }: Attributes): TransactWriteItem {
  return { Delete: { TableName: table.name, Key: toItem({ pk, sk }) } };
}

async function removeEnded(table: Table, key: ItemKey, time: EpochSeconds): Promise<void> {
  const command = new DeleteItemCommand({
    TableName: table.name,
    Key: toItem(key),
    ConditionExpression: 'expiresAt <= :time',
    ExpressionAttributeValues: toItem({ ':time': time }),
  });
  try {
    await table.client.send(command);
  } catch (error) {
    // Named failure: not over, or gone already.
    if (!(error instanceof ConditionalCheckFailedException)) await reach(Promise.reject(error));
  }
}

function nameOf({ pk, sk }: Attributes): string {
  return `${pk}\n${sk}`;
}

function isLink({ pk }: Attributes): boolean {
  return !String(pk).startsWith('CONTACT#');
}

function isSame(item: Attributes, known: Attributes | undefined): boolean {
  return known !== undefined && JSON.stringify(item) === JSON.stringify(known);
}
