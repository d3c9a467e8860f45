import { isDeepStrictEqual } from 'node:util';
import {
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { Missing, RestoredTable, StoredItem } from '../../domain/ports/restored-tables.ts';
import { TTL_ATTRIBUTE } from '../../names.ts';
import { fromItem, openTable, type Table, toItem } from './table.ts';

/** {@link RestoredTable} in DynamoDB. */
export function restoredTable(name: string): RestoredTable {
  const table = openTable(name);
  const { client } = table;
  return {
    read: async (key) => {
      const command = new GetItemCommand({ TableName: name, Key: toItem(key), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && (fromItem(Item) as StoredItem);
    },
    put: async (next, before) => {
      await client.send(new PutItemCommand({ TableName: name, Item: toItem(next), ...unchanged(before) }));
    },
    remove: async (before) => {
      const Key = toItem({ pk: before.pk, sk: before.sk });
      await client.send(new DeleteItemCommand({ TableName: name, Key, ...unchanged(before) }));
    },
    partition: (pk) => collect(query(table, pk)),
    listBeginning: (pk) => scan(table, pk),
    missing: () => missing(table),
  };
}

/** Nothing there, or the version that was read; what has none yet is of the same end. */
function unchanged(before: StoredItem | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { version } = before;
  if (version === undefined) return { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(version)' };
  return { ConditionExpression: 'version = :version', ExpressionAttributeValues: toItem({ ':version': version }) };
}

async function* query({ client, name }: Table, pk: string): AsyncGenerator<StoredItem> {
  const pages = paginateQuery(
    { client },
    {
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield* Items.map((item) => fromItem(item) as StoredItem);
}

async function* scan({ client, name }: Table, beginning: string): AsyncGenerator<StoredItem> {
  const pages = paginateScan(
    { client },
    {
      TableName: name,
      FilterExpression: 'begins_with(pk, :pk)',
      ExpressionAttributeValues: toItem({ ':pk': beginning }),
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield* Items.map((item) => fromItem(item) as StoredItem);
}

async function collect(items: AsyncIterable<StoredItem>): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function missing({ client, name: TableName }: Table): Promise<Missing[]> {
  const [ttl, backups, described] = await Promise.all([
    client.send(new DescribeTimeToLiveCommand({ TableName })),
    client.send(new DescribeContinuousBackupsCommand({ TableName })),
    client.send(new DescribeTableCommand({ TableName })),
  ]);
  const { StreamSpecification, DeletionProtectionEnabled } = described.Table ?? {};
  const isThere: Record<Missing, boolean> = {
    'time-to-live':
      ttl.TimeToLiveDescription?.AttributeName === TTL_ATTRIBUTE &&
      /^ENABL/.test(ttl.TimeToLiveDescription.TimeToLiveStatus ?? ''),
    stream: isDeepStrictEqual(
      [StreamSpecification?.StreamEnabled, StreamSpecification?.StreamViewType],
      [true, 'NEW_AND_OLD_IMAGES'],
    ),
    'point-in-time-recovery':
      backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
    'deletion-protection': DeletionProtectionEnabled === true,
  };
  return (Object.keys(isThere) as Missing[]).filter((name) => !isThere[name]);
}
