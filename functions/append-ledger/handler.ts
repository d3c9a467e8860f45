import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoLedgerHeads, dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { eventBridge } from '../../shared/adapters/event-bridge.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { s3LedgerObjects, s3LedgerReader } from '../../shared/adapters/s3-ledger-objects.ts';
import { ENV, SEAL_DUE } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import type { BatchAnswer } from '../../shared/stream/each-record.ts';
import { appendLedger } from './append-ledger.ts';
import { ledgerLine } from './ledger-record.ts';

const { ledger, retention } = readSettings();
const table = openTable(readVariable(ENV.ledgerTable));
const bucket = readVariable(ENV.auditBucket);
const eventBus = eventBridge(readVariable(ENV.eventBus));

const append = appendLedger({
  heads: dynamoLedgerHeads(table, systemTime),
  places: dynamoLedgerPlaces(table, { now: systemTime, days: retention.requestDays }),
  objects: s3LedgerObjects(bucket),
  reader: s3LedgerReader(bucket),
  pause: (attempt) => wait(Math.min(2 ** attempt * 10, 1000) * Math.random()),
  askForSeal: ({ size }) => eventBus.publish({ type: SEAL_DUE, size }),
  maxWaiting: ledger.maxWaiting,
});

/** A batch stands or falls as a whole: naming its first record brings all of it again (LA-02); what is in the ledger then is not added twice. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<BatchAnswer> {
  try {
    const report = (error: unknown, eventId: string) => log('error', 'A change could not be read', { error, eventId });
    await append(Records.map((record) => ledgerLine(record, report)));
    return { batchItemFailures: [] };
  } catch (error) {
    log('error', 'A batch was not appended; the stream brings it again', { error, count: Records.length });
    return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
  }
}
