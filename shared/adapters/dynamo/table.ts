import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue, CancellationReason, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBClient,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { VisibleError } from '../../domain/errors.ts';

/** The Registry and a way to reach it. */
export interface Table {
  client: DynamoDBClient;
  name: string;
}

/** Plain attributes of an item. */
export type Attributes = Record<string, unknown>;

/** An action whose condition did not hold, by its place in the transaction. */
export type FailedCondition = [index: number, reason: CancellationReason];

/** Two transactions that meet at one item (a double click does it) end one of them; the SDK does not repeat that one by itself. */
const CONFLICT_ATTEMPTS = 5;

/** One client per function instance; it retries throttles and lost answers by itself (conditions make that safe). */
export function openTable(name: string): Table {
  return { client: new DynamoDBClient({ maxAttempts: 3 }), name };
}

export function toItem(attributes: object): Record<string, AttributeValue> {
  return marshall(attributes, { removeUndefinedValues: true });
}

export function fromItem(item: Record<string, AttributeValue>): Attributes {
  return unmarshall(item);
}

/**
 * Turns any trouble with the store into the one error that callers may see. Conditions that failed are no trouble: catch them before.
 */
export async function reach<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** All items of one partition, read consistently. */
export async function queryAll(table: Table, pk: string): Promise<Attributes[]> {
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
    },
  );
  const found: Attributes[] = [];
  const readOn = async () => {
    for await (const { Items = [] } of pages) found.push(...Items.map(fromItem));
  };
  await reach(readOn());
  return found;
}

/** Runs a transaction; resolves with the failed conditions, none when it was committed. */
export async function transact({ client }: Table, input: TransactWriteItemsCommandInput): Promise<FailedCondition[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand(input));
      return [];
    } catch (error) {
      const failed = actionsThat(error, 'ConditionalCheckFailed');
      if (failed.length > 0) return failed;
      if (attempt === CONFLICT_ATTEMPTS || actionsThat(error, 'TransactionConflict').length === 0)
        throw unavailable(error);
      await wait(2 ** attempt * 25 * Math.random());
    }
  }
}

function actionsThat(error: unknown, code: string): FailedCondition[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return [...(error.CancellationReasons ?? []).entries()].filter(([, { Code }]) => Code === code);
}

function unavailable(cause: unknown): VisibleError {
  return new VisibleError('unavailable', 'store.unavailable', 'The store does not answer; nothing was promised', {
    cause,
  });
}
