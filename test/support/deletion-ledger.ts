import { ledgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { contactClassKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { type Deletion, deletionIdOf } from '../../shared/domain/contact/deletion.ts';
import type { MemoryDeletions } from './memory-deletions.ts';
import { streamRecord } from './stream-records.ts';

/** The record of the ledger that tells of a class's deletion, as it would have been made. */
export function deletionLine(deletion: Deletion): string {
  const { subjectKey, due, endedAt, deletedAt: at, policyVersion, by } = deletion;
  const before = {
    subjectKey,
    class: deletion.class,
    data: { name: 'Jane' },
    due: due.toISOString(),
    expiresAt: endedAt.getTime() / 1000,
    policyVersion,
    version: 1,
    ...(by === 'erasure' && { erasureId: 'req_1' }),
  };
  const key = contactClassKey(subjectKey, deletion.class);
  const userIdentity = by === 'ttl' ? { type: 'Service', principalId: 'dynamodb.amazonaws.com' } : undefined;
  const eventID = ['event-1', 'event-2', 'event-3'].find((id) => deletionIdOf(id) === deletion.deletionId);
  const record = streamRecord({ key, before, at, userIdentity });
  return ledgerLine({ ...record, ...(eventID && { eventID }) }, fail).line;
}

/** Records of all that happened to evidence. */
export function followUpLines({ table }: MemoryDeletions): string[] {
  return table.streamRecords().map((record) => ledgerLine(record, fail).line);
}

function fail(error: unknown): never {
  throw error;
}
