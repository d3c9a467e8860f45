import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Confirmation } from '../../domain/confirmation.ts';
import type { ConfirmationEffects } from '../../domain/ports/confirmations.ts';
import { confirmationItem } from './confirmation-item.ts';
import { confirmationKey, requestKey } from './keys.ts';
import { requestItem } from './request-item.ts';
import { noOptOutSince, suppressionUpdate } from './suppression-write.ts';
import { type Table, toItem, transact } from './table.ts';

/** {@link ConfirmationEffects}: each is one transaction whose first action consumes the link. */
export function dynamoConfirmationEffects(table: Table): ConfirmationEffects {
  return {
    confirmMailbox: async (link, now) => {
      const failed = await commit(table, [
        consume(table, link, now),
        updateRequest(table, link, { confirmedAt: now.toISOString() }),
      ]);
      return failed.length === 0 ? 'done' : 'already-used';
    },
    startOptIn: async (undo, step2, optIn) => {
      const failed = await commit(table, [
        consume(table, undo, optIn.receivedAt),
        { Put: { TableName: table.name, Item: toItem(requestItem(optIn)) } },
        { Put: { TableName: table.name, Item: toItem(confirmationItem(step2)) } },
      ]);
      return failed.length === 0 ? 'done' : 'already-used';
    },
    completeOptIn: async (step2, now) => {
      const failed = await commit(table, [
        consume(table, step2, now),
        lift(table, step2, now),
        updateRequest(table, step2, { state: 'effective', confirmedAt: now.toISOString() }),
      ]);
      if (failed.length === 0) return 'done';
      return failed.includes(0) ? 'already-used' : 'newer-choice';
    },
  };
}

async function commit(table: Table, actions: TransactWriteItem[]): Promise<number[]> {
  const failed = await transact(table, { TransactItems: actions });
  return failed.map(([index]) => index);
}

// Named conditions: notConsumed, notOver (TTL deletes late, DD-02), samePurpose (EM-03).
export function consume(table: Table, { tokenHash, purpose }: Confirmation, now: Date): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem(confirmationKey({ tokenHash })),
      UpdateExpression: 'SET consumedAt = :now ADD version :one',
      ConditionExpression: 'attribute_not_exists(consumedAt) AND expiresAt > :nowSeconds AND purpose = :purpose',
      ExpressionAttributeValues: toItem({
        ':now': now.toISOString(),
        ':one': 1,
        ':nowSeconds': Math.floor(now.getTime() / 1000),
        ':purpose': purpose,
      }),
    },
  };
}

function lift(table: Table, step2: Confirmation, now: Date): TransactWriteItem {
  const { subjectKey, scopes, requestId, manner, receivedAt } = step2;
  return suppressionUpdate(table, {
    subjectKey,
    scopes,
    choice: { state: 'opted-in', since: now, requestId, manner },
    condition: noOptOutSince(receivedAt),
  });
}

export function updateRequest(
  table: Table,
  link: Pick<Confirmation, 'subjectKey' | 'requestId'>,
  values: Record<string, string>,
): TransactWriteItem {
  const entries = Object.entries(values);
  return {
    Update: {
      TableName: table.name,
      Key: toItem(requestKey(link)),
      UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')} ADD version :one`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: toItem({
        ...Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
        ':one': 1,
      }),
    },
  };
}
