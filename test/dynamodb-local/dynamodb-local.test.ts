import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import { requestKey } from '../../shared/adapters/dynamo/keys.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable, toItem } from '../../shared/adapters/dynamo/table.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import {
  createRegistry,
  type DynamoDbLocal,
  enableTtl,
  startDynamoDbLocal,
  whyNoDynamoDbLocal,
} from '../support/dynamodb-local.ts';
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

  beforeAll(async () => {
    local = await startDynamoDbLocal();
    await createRegistry('registry');
    streamArn = await createRegistry('mortal');
    await enableTtl('mortal');
  });

  afterAll(() => local?.stop());

  describe('evaluates our expressions as we mean them:', describeRegistry);

  it("deletes an expired request by its own TTL, and the ledger records it as retention's", async () => {
    const table = openTable('mortal');
    const receivedAt = new Date(Date.now() - 760 * 86_400_000 - 1000);
    const over = sampleOptOut({ requestId: 'req_over', receivedAt, requestDays: 760 });
    const living = sampleOptOut({ requestId: 'req_living', receivedAt: new Date() });
    await dynamoOptOuts(table).record(over);
    await dynamoOptOuts(table).record(living);
    await table.client.send(new DeleteItemCommand({ TableName: 'mortal', Key: toItem(requestKey(living)) }));

    const records = await readStream(streamArn, (found) => found.filter(isRemoval).length === 2);
    const lines = await ledgerOf(records);

    expect(lines.filter(({ event }) => event === 'suppression.created')).toHaveLength(1);
    expect(lines.find(({ event }) => event === 'request.retention-deleted')).toMatchObject({
      facts: { requestId: 'req_over', subjectKey: over.subjectKey, by: 'ttl', due: over.expiresAt },
    });
    expect(lines.find(({ event }) => event === 'request.removed')).toMatchObject({
      facts: { requestId: 'req_living' },
    });
    expect(lines.filter(({ event }) => event.startsWith('suppression.re'))).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain('jane');
  }, 90_000);
});

function isRemoval({ eventName }: _Record): boolean {
  return eventName === 'REMOVE';
}

/** All records of a stream, as soon as they are what is waited for. */
async function readStream(StreamArn: string, isComplete: (records: _Record[]) => boolean): Promise<_Record[]> {
  const client = new DynamoDBStreamsClient({});
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const from = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    const { ShardIterator } = await client.send(from);
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    if (isComplete(Records)) return Records;
    await wait(300);
  }
  throw new Error('DynamoDB Local did not delete the expired item within a minute');
}

// The stream's own API gives times as dates and the identity in Pascal case; Lambda writes seconds and camel case. readChange takes both.
function asLambdaHasIt({ dynamodb, ...record }: _Record): DynamoDBRecord {
  const seconds = (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000;
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: seconds } } as unknown as DynamoDBRecord;
}

async function ledgerOf(records: _Record[]): Promise<{ event: string; facts: Record<string, unknown> }[]> {
  let object: Uint8Array = new Uint8Array();
  const putOnce = async (_: string, bytes: Uint8Array) => {
    object = bytes;
    return 'stored' as const;
  };
  await appendLedger({ objects: { putOnce } })(records.map((record) => readChange(asLambdaHasIt(record))));
  return gunzipSync(object)
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
