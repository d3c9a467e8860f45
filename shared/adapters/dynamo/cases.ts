import { paginateScan } from '@aws-sdk/client-dynamodb';
import { isExpired } from '../../domain/epoch.ts';
import type { Cases } from '../../domain/ports/complaints.ts';
import { REQUEST_PREFIX, REVIEW_PREFIX } from './keys.ts';
import { parseRequestItem } from './request-item.ts';
import { parseReviewItem } from './reviews.ts';
import { type Attributes, fromItem, type Table, toItem } from './table.ts';

/** {@link Cases} by a paged scan; docs/limits.md says up to which size. */
export function dynamoCases(table: Table): Cases {
  return {
    listComplaints: async function* (now) {
      for await (const item of living(table, COMPLAINTS, now)) yield parseRequestItem(item);
    },
    listReviews: async function* (now) {
      for await (const item of living(table, REVIEWS, now)) yield parseReviewItem(item);
    },
    listDoubtful: async function* (now) {
      for await (const item of living(table, DOUBTFUL, now)) yield parseRequestItem(item);
    },
  };
}

const COMPLAINTS = {
  FilterExpression: 'begins_with(sk, :sort) AND #type = :complaint',
  ExpressionAttributeNames: { '#type': 'type' },
  ExpressionAttributeValues: toItem({ ':sort': REQUEST_PREFIX, ':complaint': 'complaint' }),
};

const REVIEWS = {
  FilterExpression: 'begins_with(sk, :sort)',
  ExpressionAttributeValues: toItem({ ':sort': REVIEW_PREFIX }),
};

const DOUBTFUL = {
  FilterExpression:
    'begins_with(sk, :sort) AND #type = :optOut AND attribute_not_exists(deniedAt) AND (needsReview = :yes OR manner = :agent)',
  ExpressionAttributeNames: { '#type': 'type' },
  ExpressionAttributeValues: toItem({ ':sort': REQUEST_PREFIX, ':optOut': 'opt-out', ':yes': true, ':agent': 'agent' }),
};

async function* living(table: Table, filter: object, now: Date): AsyncIterable<Attributes> {
  const pages = paginateScan({ client: table.client }, { TableName: table.name, ConsistentRead: true, ...filter });
  for await (const { Items = [] } of pages) {
    for (const item of Items.map(fromItem)) if (!isExpired(item.expiresAt as number | undefined, now)) yield item;
  }
}
