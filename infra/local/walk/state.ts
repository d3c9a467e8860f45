import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../clients.ts';
import type { Stack } from '../stack.ts';
import { DoesNotHold } from './walk.ts';

/** Every item of the table as text, in a fixed order, to be compared byte for byte. */
async function readTable(stack: Stack): Promise<string[]> {
  const client = new DynamoDBClient(clientOptions(stack));
  const items: string[] = [];
  const query = { TableName: stack.tables.registry, ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client }, query)) items.push(...Items.map(canonical));
  return items.sort((a, b) => (a < b ? -1 : 1));
}

/** The table once nothing works on it any more: two readings a second apart are equal. */
export async function settledTable(stack: Stack): Promise<string[]> {
  let before = await readTable(stack);
  for (let attempt = 0; attempt < 20; attempt++) {
    await sleep(1000);
    const now = await readTable(stack);
    if (now.join() === before.join()) return now;
    before = now;
  }
  throw new DoesNotHold('expected: a table that comes to rest\n    came:     changes for 20 s');
}

// The order of attributes within an item is DynamoDB's own affair.
function canonical(item: Record<string, unknown>): string {
  return inspect(item, {
    sorted: true,
    depth: null,
    breakLength: Infinity,
    maxArrayLength: null,
    maxStringLength: null,
  });
}
