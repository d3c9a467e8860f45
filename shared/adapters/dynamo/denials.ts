import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type EpochSeconds, isExpired } from '../../domain/epoch.ts';
import type { Denials, RequestKey } from '../../domain/ports/requests.ts';
import type { Denial } from '../../domain/request.ts';
import { requestKey } from './keys.ts';
import { denialItem, parseRequestItem } from './request-item.ts';
import { fromItem, reach, type Table, toItem } from './table.ts';

/** {@link Denials} as one conditional update. */
export function dynamoDenials(table: Table): Denials {
  return {
    deny: async (key, denial, expiresAt) => {
      try {
        await table.client.send(denyCommand(table, key, { denial, expiresAt }));
        return denial;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return standing(error, denial.at);
        return await reach<undefined>(Promise.reject(error));
      }
    },
  };
}

function denyCommand(table: Table, key: RequestKey, write: { denial: Denial; expiresAt: EpochSeconds }) {
  const { denialBasis, deniedAt, denial } = denialItem(write.denial);
  return new UpdateItemCommand({
    TableName: table.name,
    Key: toItem(requestKey(key)),
    UpdateExpression:
      'SET denialBasis = :basis, deniedAt = :at, denial = :denial, expiresAt = :expiresAt ADD version :one',
    // Named conditions: stillThere, notDenied.
    ConditionExpression: 'expiresAt > :now AND attribute_not_exists(deniedAt)',
    ExpressionAttributeValues: toItem({
      ':basis': denialBasis,
      ':at': deniedAt,
      ':denial': denial,
      ':expiresAt': write.expiresAt,
      ':now': Math.floor(write.denial.at.getTime() / 1000),
      ':one': 1,
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

function standing({ Item }: ConditionalCheckFailedException, now: Date): Denial | undefined {
  if (Item === undefined) return undefined;
  const { denial, expiresAt } = parseRequestItem(fromItem(Item));
  return isExpired(expiresAt, now) ? undefined : denial;
}
