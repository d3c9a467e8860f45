import type { DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../../shared/adapters/log.ts';
import { s3LedgerObjects } from '../../shared/adapters/s3-ledger-objects.ts';
import { ENV } from '../../shared/names.ts';
import { readVariable } from '../../shared/settings.ts';
import type { BatchAnswer } from '../../shared/stream/each-record.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { appendLedger } from './append-ledger.ts';

const append = appendLedger({ objects: s3LedgerObjects(readVariable(ENV.auditBucket)) });

/** A batch stands or falls as a whole: naming its first record brings all of it again, in the same order (LA-02). */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<BatchAnswer> {
  try {
    await append(Records.map(readChange));
    return { batchItemFailures: [] };
  } catch (error) {
    log('error', 'A batch was not appended; the stream brings it again', { error, count: Records.length });
    return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
  }
}
