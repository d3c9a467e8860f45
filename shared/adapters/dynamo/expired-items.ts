import { ConditionalCheckFailedException, DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { EpochSeconds } from '../../domain/epoch.ts';
import type { EndedItem, ExpiredItems, ItemKey } from '../../domain/ports/expired-items.ts';
import { TTL_ATTRIBUTE } from '../../names.ts';
import { fromItem, reach, type Table, toItem } from './table.ts';

/** {@link ExpiredItems} by a paged scan on a schedule; never on a request's path. docs/cost.md says what it costs. */
export function dynamoExpiredItems(table: Table): ExpiredItems {
  return { listEndedBefore: (time) => scanEnded(table, time), remove: (key, time) => remove(table, key, time) };
}

const endedBefore = {
  expression: '#end < :time',
  names: { '#end': TTL_ATTRIBUTE },
  values: (time: EpochSeconds) => toItem({ ':time': time }),
};

async function* scanEnded(table: Table, time: EpochSeconds): AsyncIterable<EndedItem> {
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.name,
      FilterExpression: endedBefore.expression,
      ProjectionExpression: 'pk, sk, #end',
      ExpressionAttributeNames: endedBefore.names,
      ExpressionAttributeValues: endedBefore.values(time),
    },
  );
  for await (const { Items } of pages) {
    for (const item of Items ?? []) yield fromItem(item) as unknown as EndedItem;
  }
}

async function remove(table: Table, key: ItemKey, time: EpochSeconds): Promise<'removed' | 'kept'> {
  const command = new DeleteItemCommand({
    TableName: table.name,
    Key: toItem(key),
    ConditionExpression: endedBefore.expression,
    ExpressionAttributeNames: endedBefore.names,
    ExpressionAttributeValues: endedBefore.values(time),
  });
  try {
    await table.client.send(command);
    return 'removed';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'kept';
    return reach(Promise.reject(error));
  }
}
