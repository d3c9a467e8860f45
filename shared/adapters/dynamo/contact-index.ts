import { ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { ContactId } from '../../domain/contact/contact.ts';
import type { ContactIndex, FoundContact } from '../../domain/ports/contacts.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { CONTACT_SORT } from './contact-keys.ts';
import { SUBJECT_PREFIX } from './keys.ts';
import { isLiving } from './living-items.ts';
import { type Attributes, fromItem, queryAll, reach, type Table, toItem } from './table.ts';

/** {@link ContactIndex}: links by a consistent query; everything else by a paged scan, on a schedule or by hand and never on a request's path. */
export function dynamoContactIndex(table: Table): ContactIndex {
  return {
    findByIdentifier: async (keys, now) => {
      const found = await Promise.all(keys.map((key) => queryAll(table, SUBJECT_PREFIX + key)));
      const living = found.flat().filter((link) => isLiving(link, now));
      return [...new Map(living.map((link) => [link.subjectKey, toFound(link)])).values()];
    },
    list: async function* (cursor) {
      const start = cursor === undefined ? {} : { ExclusiveStartKey: decodeCursor(cursor) };
      for await (const { items, last } of scan(table, { ...ownItems, ...start }))
        yield { contacts: items.map(toFound), cursor: last && encodeCursor(last) };
    },
    listLapsedHolds: async function* (time) {
      const lapsed = {
        FilterExpression: `${ownItems.FilterExpression} AND holdEndsAt < :time`,
        ExpressionAttributeValues: { ...ownItems.ExpressionAttributeValues, ...toItem({ ':time': time }) },
      };
      for await (const { items } of scan(table, lapsed)) yield* items.map(toFound);
    },
  };
}

const ownItems = {
  FilterExpression: 'sk = :own',
  ExpressionAttributeValues: toItem({ ':own': CONTACT_SORT }),
};

async function* scan(table: Table, input: Omit<ScanCommandInput, 'TableName'>) {
  let next = input;
  for (;;) {
    const { Items = [], LastEvaluatedKey: last } = await reach(
      table.client.send(
        new ScanCommand({ TableName: table.name, ProjectionExpression: 'contactId, subjectKey', ...next }),
      ),
    );
    yield { items: Items.map(fromItem), last };
    if (last === undefined) return;
    next = { ...input, ExclusiveStartKey: last };
  }
}

function toFound({ contactId, subjectKey }: Attributes): FoundContact {
  return { contactId: contactId as ContactId, subjectKey: subjectKey as SubjectKey };
}

// Keys of the table hold subject keys only, so a cursor may be printed and stored.
function encodeCursor(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string): NonNullable<ScanCommandInput['ExclusiveStartKey']> {
  return JSON.parse(Buffer.from(cursor, 'base64url').toString());
}
