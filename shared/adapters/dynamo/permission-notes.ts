import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { PermissionNotes } from '../../domain/ports/permissions.ts';
import { requestKey } from './keys.ts';
import { reach, type Table, toItem } from './table.ts';

/** {@link PermissionNotes} by one conditional update. */
export function dynamoPermissionNotes(table: Table): PermissionNotes {
  return {
    note: async ({ intake, ...request }) => {
      const command = new UpdateItemCommand({
        TableName: table.name,
        Key: toItem(requestKey(request)),
        UpdateExpression: 'SET intake = :intake ADD version :one',
        // Named condition: stillThere. An update of what TTL has just taken would bring a part of it back.
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: toItem({ ':intake': intake, ':one': 1 }),
      });
      try {
        await table.client.send(command);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) await reach(Promise.reject(error));
      }
    },
  };
}
