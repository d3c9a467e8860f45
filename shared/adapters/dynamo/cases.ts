import type { Cases } from '../../domain/ports/complaints.ts';
import { REQUEST_PREFIX, REVIEW_PREFIX } from './keys.ts';
import { scanLiving } from './living-items.ts';
import { parseRequestItem } from './request-item.ts';
import { parseReviewItem } from './reviews.ts';
import { type Table, toItem } from './table.ts';

/** {@link Cases} by a paged scan; docs/limits.md says up to which size. */
export function dynamoCases(table: Table): Cases {
  return {
    listComplaints: async function* (now) {
      for await (const item of scanLiving(table, COMPLAINTS, now)) yield parseRequestItem(item);
    },
    listReviews: async function* (now) {
      for await (const item of scanLiving(table, REVIEWS, now)) yield parseReviewItem(item);
    },
    listDoubtful: async function* (now) {
      for await (const item of scanLiving(table, DOUBTFUL, now)) yield parseRequestItem(item);
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
