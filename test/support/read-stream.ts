import { setTimeout as wait } from 'node:timers/promises';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';

/** All records of DynamoDB Local's stream, as soon as they are what is waited for. */
export async function readStream(StreamArn: string, isComplete: (records: _Record[]) => boolean): Promise<_Record[]> {
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
export function asLambdaHasIt({ dynamodb, ...record }: _Record): DynamoDBRecord {
  const seconds = (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000;
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: seconds } } as unknown as DynamoDBRecord;
}
