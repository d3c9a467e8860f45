import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { VisibleError } from '../../domain/errors.ts';

/** The Registry and a way to reach it. */
export interface Table {
  client: DynamoDBClient;
  name: string;
}

/** Plain attributes of an item. */
export type Attributes = Record<string, unknown>;

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
    if (cause instanceof TransactionCanceledException && failedConditions(cause).length > 0) throw cause;
    throw new VisibleError('unavailable', 'store.unavailable', 'The store does not answer; nothing was promised', {
      cause,
    });
  }
}

/** Reasons of the actions whose condition did not hold, by their place in the transaction; empty when it failed for another reason. */
export function failedConditions(error: TransactionCanceledException): [index: number, reason: CancellationReason][] {
  return [...(error.CancellationReasons ?? []).entries()].filter(([, { Code }]) => Code === 'ConditionalCheckFailed');
}

/** Runs a transaction; resolves with the failed conditions, none when it was committed. */
export async function transact(call: Promise<unknown>): Promise<[index: number, reason: CancellationReason][]> {
  try {
    await reach(call);
    return [];
  } catch (error) {
    if (error instanceof TransactionCanceledException) return failedConditions(error);
    throw error;
  }
}
