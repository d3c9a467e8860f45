import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import { type LedgerLine, ledgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { requestKey } from '../../shared/adapters/dynamo/keys.ts';
import { dynamoLedgerHeads, dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable, toItem } from '../../shared/adapters/dynamo/table.ts';
import { describeContacts } from '../support/contacts-contract.ts';
import {
  createLedgerTable,
  createRegistry,
  type DynamoDbLocal,
  enableTtl,
  startDynamoDbLocal,
  whyNoDynamoDbLocal,
} from '../support/dynamodb-local.ts';
import { describeLedgerTable } from '../support/ledger-table-contract.ts';
import { memoryLedgerObjects } from '../support/memory-ledger-objects.ts';
import { asLambdaHasIt, readStream } from '../support/read-stream.ts';
import { describeRegistry } from '../support/registry-contract.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const obstacle = whyNoDynamoDbLocal();
if (obstacle !== undefined) {
  // A build server that cannot run it must not look as if it had (DD-05).
  if (process.env.CI === 'true') throw new Error(`DynamoDB Local cannot run: ${obstacle}`);
  process.stderr.write(`Skipped: the tests against DynamoDB Local, because ${obstacle}\n`);
}

describe.skipIf(obstacle !== undefined)("Amazon's DynamoDB Local", () => {
  let local: DynamoDbLocal | undefined;
  let streamArn: string;
  let ledgers = 0;

  beforeAll(async () => {
    local = await startDynamoDbLocal();
    await createRegistry('registry');
    await createRegistry('contacts');
    streamArn = await createRegistry('mortal');
    await enableTtl('mortal');
    await createLedgerTable('ledger');
    await enableTtl('ledger');
  });

  afterAll(() => local?.stop());

  describe('evaluates our expressions as we mean them:', () => {
    describeRegistry();
    describeContacts();
    describeLedgerTable(async () => {
      ledgers += 1;
      await createLedgerTable(`ledger-${ledgers}`);
      return `ledger-${ledgers}`;
    });
  });

  it("deletes an expired request by its own TTL, and the ledger records it as retention's", async () => {
    const table = openTable('mortal');
    const receivedAt = new Date(Date.now() - 760 * 86_400_000 - 1000);
    const over = sampleOptOut({ requestId: 'req_over', receivedAt, requestDays: 760 });
    const living = sampleOptOut({ requestId: 'req_living', receivedAt: new Date() });
    await dynamoOptOuts(table).record(over);
    await dynamoOptOuts(table).record(living);
    await table.client.send(new DeleteItemCommand({ TableName: 'mortal', Key: toItem(requestKey(living)) }));

    const records = await readStream(streamArn, (found) => found.filter(isRemoval).length === 2);
    const { append, bucket, heads, places } = ledgerOn('ledger');
    const batch = records.map(lineOf);
    expect(await append(batch)).toBe('appended');
    for (const again of [batch, batch.slice(0, 2), batch.slice(2)]) expect(await append(again)).toBe('nothing-new');
    const lines = bucket.records();

    expect(lines.filter(({ event }) => event === 'suppression.created')).toHaveLength(1);
    expect(lines.find(({ event }) => event === 'request.retention-deleted')).toMatchObject({
      facts: { requestId: 'req_over', subjectKey: over.subjectKey, by: 'ttl', due: over.expiresAt },
    });
    expect(lines.find(({ event }) => event === 'request.removed')).toMatchObject({
      facts: { requestId: 'req_living' },
    });
    expect(lines.filter(({ event }) => event.startsWith('suppression.re'))).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain('jane');
    expect(await heads.read()).toMatchObject({ objects: 1, size: records.length });
    const received = lines.findIndex(
      ({ event, facts }) => event === 'request.created' && facts.requestId === 'req_over',
    );
    expect(await places.find('req_over')).toEqual({ object: 0, index: received });
  }, 90_000);
});

function isRemoval({ eventName }: _Record): boolean {
  return eventName === 'REMOVE';
}

/** The ledger over this table and a bucket in memory. */
function ledgerOn(name: string) {
  const table = openTable(name);
  const now = () => new Date();
  const bucket = memoryLedgerObjects();
  const places = dynamoLedgerPlaces(table, { now, days: 760 });
  const ports = { heads: dynamoLedgerHeads(table, now), places, objects: bucket, reader: bucket };
  const append = appendLedger({ ...ports, pause: async () => {}, askForSeal: async () => {}, maxWaiting: 1000 });
  return { append, bucket, ...ports };
}

function lineOf(record: _Record): LedgerLine {
  return ledgerLine(asLambdaHasIt(record), (error) => {
    throw error;
  });
}
