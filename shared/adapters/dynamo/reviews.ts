import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Reviews } from '../../domain/ports/reviews.ts';
import type { Review } from '../../domain/review.ts';
import { reviewKey } from './keys.ts';
import { type Attributes, reach, type Table, toItem } from './table.ts';

/** {@link Reviews} as items beside the requests of their subject. */
export function dynamoReviews(table: Table): Reviews {
  return {
    open: async (review) => {
      const command = new PutItemCommand({
        TableName: table.name,
        Item: toItem(reviewItem(review)),
        // Condition notOpenedBefore.
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      try {
        await table.client.send(command);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return;
        await reach(Promise.reject(error));
      }
    },
  };
}

/** A new review's item; `version` counts its writes. */
export function reviewItem({ receivedAt, ...rest }: Review): Attributes {
  return { ...reviewKey(rest), ...rest, receivedAt: receivedAt.toISOString(), version: 1 };
}
