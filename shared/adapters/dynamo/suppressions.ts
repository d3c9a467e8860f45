import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { VisibleError } from '../../domain/errors.ts';
import type { Suppressions } from '../../domain/ports/suppressions.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { type Choices, mergeChoices } from '../../domain/suppression.ts';
import { suppressionKey } from './keys.ts';
import { parseChoices } from './suppression-item.ts';
import { fromItem, reach, type Table, toItem } from './table.ts';

/** BatchGetItem takes at most this many keys. */
const BATCH_SIZE = 100;
/** DynamoDB may leave keys unread under load; we ask again this often, then say that the store is down. */
const BATCH_ATTEMPTS = 5;

/** {@link Suppressions} by consistent reads of one item per person and ring key. */
export function dynamoSuppressions(table: Table): Suppressions {
  return {
    read: async (keys) => mergeChoices(await Promise.all(keys.map((key) => readOne(table, key)))),
    readMany: async (people) => {
      const found = await readAll(table, [...new Set(people.flat())]);
      return people.map((keys) => mergeChoices(keys.map((key) => found.get(suppressionKey(key).pk) ?? {})));
    },
  };
}

async function readOne(table: Table, subjectKey: SubjectKey): Promise<Choices> {
  const command = new GetItemCommand({
    TableName: table.name,
    Key: toItem(suppressionKey(subjectKey)),
    ConsistentRead: true,
  });
  const { Item } = await reach(table.client.send(command));
  return Item === undefined ? {} : parseChoices(fromItem(Item));
}

async function readAll(table: Table, keys: readonly SubjectKey[]): Promise<Map<string, Choices>> {
  const batches: SubjectKey[][] = [];
  for (let start = 0; start < keys.length; start += BATCH_SIZE) batches.push(keys.slice(start, start + BATCH_SIZE));
  const items = (await Promise.all(batches.map((batch) => readBatch(table, batch)))).flat().map(fromItem);
  return new Map(items.map((item) => [String(item.pk), parseChoices(item)]));
}

async function readBatch(table: Table, keys: readonly SubjectKey[]): Promise<Record<string, AttributeValue>[]> {
  const found: Record<string, AttributeValue>[] = [];
  let left: Record<string, AttributeValue>[] = keys.map((key) => toItem(suppressionKey(key)));
  for (let attempt = 0; attempt < BATCH_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await wait(2 ** attempt * 25 * Math.random());
    const command = new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: left, ConsistentRead: true } } });
    const { Responses, UnprocessedKeys } = await reach(table.client.send(command));
    found.push(...(Responses?.[table.name] ?? []));
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (left.length === 0) return found;
  }
  throw new VisibleError('unavailable', 'store.unavailable', 'The store does not answer; nothing was promised');
}
