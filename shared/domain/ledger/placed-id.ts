import { DELETION_ID_PATTERN, type DeletionId } from '../contact/deletion.ts';
import type { RequestId } from '../request.ts';
import type { LedgerRecord } from './record.ts';

/** By which a record is found that is proven one by one: that of a request, of a class's deletion, or of what became of the deletion. */
export type PlacedId = RequestId | DeletionId | FollowUpId;

/** Version of the evidence of a deletion: each acknowledgement makes one. */
type FollowUpId = `${DeletionId}.${number}`;

export function followUpId(deletionId: DeletionId, version: number): FollowUpId {
  return `${deletionId}.${version}`;
}

/** Id of this record; `undefined` for one that nobody proves alone, or whose id is none that Heed gave (it would be no key for a place). */
export function placedIdOf({ event, facts }: Pick<LedgerRecord, 'event' | 'facts'>): PlacedId | undefined {
  const { requestId, deletionId, version } = facts;
  if (event === 'request.created') return isRequestId(requestId) ? requestId : undefined;
  if (!isDeletionId(deletionId)) return undefined;
  if (event === 'contact-class.retention-deleted') return deletionId;
  const isFollowUp = event === 'deletion.created' || event === 'deletion.changed';
  return isFollowUp && Number.isSafeInteger(version) ? followUpId(deletionId, Number(version)) : undefined;
}

function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' && /^req_\w{1,64}$/.test(value);
}

function isDeletionId(value: unknown): value is DeletionId {
  return typeof value === 'string' && DELETION_ID_PATTERN.test(value);
}
