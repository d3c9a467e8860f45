import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { isExpired } from '../../domain/epoch.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { RequestBook, Requests } from '../../domain/ports/requests.ts';
import { requestKey } from './keys.ts';
import { parseRequestItem, requestItem } from './request-item.ts';
import { type Attributes, fromItem, reach, type Table, toItem, transact } from './table.ts';

/** {@link Requests} by one consistent read. */
export function dynamoRequests(table: Table): Requests {
  return {
    read: async (key, now) => {
      const attributes = await readLiving(table, requestKey(key), now);
      return attributes && parseRequestItem(attributes);
    },
  };
}

/** {@link RequestBook} by one write, as a transaction for its token: repeating it within ten minutes writes nothing twice. */
export function dynamoRequestBook(table: Table): RequestBook {
  return {
    enter: async (request) => {
      await transact(table, {
        ClientRequestToken: request.requestId,
        TransactItems: [{ Put: { TableName: table.name, Item: toItem(requestItem(request)) } }],
      });
    },
  };
}

/** Reads one item that has an end; `undefined` once that has passed, whatever DynamoDB has deleted so far (DD-02). */
export async function readLiving(table: Table, key: ItemKey, now: Date): Promise<Attributes | undefined> {
  const command = new GetItemCommand({ TableName: table.name, Key: toItem(key), ConsistentRead: true });
  const { Item } = await reach(table.client.send(command));
  if (Item === undefined) return undefined;
  const attributes = fromItem(Item);
  const { expiresAt } = attributes;
  return typeof expiresAt === 'number' && isExpired(expiresAt, now) ? undefined : attributes;
}
