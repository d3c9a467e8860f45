import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { epochSeconds } from '../../domain/epoch.ts';
import type { Reviews } from '../../domain/ports/reviews.ts';
import { REVIEW_KINDS, type Review, type ReviewId } from '../../domain/review.ts';
import type { SubjectKey } from '../../domain/subject.ts';
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

const reviewItemSchema = z.object({
  reviewId: z.string(),
  subjectKey: z.optional(z.string()),
  kind: z.enum(REVIEW_KINDS),
  intents: z.array(z.string()),
  objectKey: z.string(),
  receivedAt: z.string(),
  expiresAt: z.number(),
});

/** Parses what the store holds. Throws on an item that no version of this code wrote. */
export function parseReviewItem(attributes: Attributes): Review {
  const { reviewId, subjectKey, receivedAt, expiresAt, ...rest } = reviewItemSchema.parse(attributes);
  return {
    ...rest,
    reviewId: reviewId as ReviewId,
    ...(subjectKey === undefined ? {} : { subjectKey: subjectKey as SubjectKey }),
    receivedAt: new Date(receivedAt),
    expiresAt: epochSeconds(expiresAt),
  };
}
