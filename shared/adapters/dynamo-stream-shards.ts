import {
  type _Record,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamFailure, StreamShards } from '../domain/ports/stream-failures.ts';
import { lambdaStreamRecord } from './lambda-stream-record.ts';

/** So many answers without a record in a row, and we give up. */
const MAX_EMPTY = 40;

/** The shard is there and gives no records: neither read nor known to be gone. */
class ShardIsSilent extends Error {
  override readonly name = 'ShardIsSilent';
}

interface Options {
  region?: string;
  /** Between two answers without a record: a shard bears five reads a second, and its two consumers read too (DD-06). */
  pause: () => Promise<void>;
}

/** {@link StreamShards} by DynamoDB Streams' own API. */
export function dynamoStreamShards({ region, pause }: Options): StreamShards {
  const client = new DynamoDBStreamsClient(region === undefined ? {} : { region });
  return {
    read: async (failure) => {
      try {
        const found = await readBatch(client, failure, pause);
        return isWhole(found, failure) ? found.map((record) => lambdaStreamRecord(record, failure.streamArn)) : 'gone';
      } catch (error) {
        if (isGone(error)) return 'gone';
        throw error;
      }
    },
  };
}

async function readBatch(client: DynamoDBStreamsClient, failure: StreamFailure, pause: () => Promise<void>) {
  const end = BigInt(failure.endSequenceNumber);
  const found: _Record[] = [];
  let next = await startOf(client, failure);
  for (let empty = 0; next !== undefined; ) {
    const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: next }));
    found.push(...Records.filter((record) => numberOf(record) <= end));
    if (Records.some((record) => numberOf(record) >= end)) break;
    next = NextShardIterator;
    empty = Records.length > 0 ? 0 : empty + 1;
    if (empty === MAX_EMPTY) throw new ShardIsSilent(failure.shardId);
    if (empty > 0) await pause();
  }
  return found;
}

async function startOf(client: DynamoDBStreamsClient, { streamArn, shardId, startSequenceNumber }: StreamFailure) {
  const place = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: startSequenceNumber };
  const at = new GetShardIteratorCommand({ ...place, ShardIteratorType: 'AT_SEQUENCE_NUMBER' });
  return (await client.send(at)).ShardIterator;
}

function isWhole(found: readonly _Record[], { startSequenceNumber, endSequenceNumber }: StreamFailure): boolean {
  const [first, last] = [found.at(0), found.at(-1)].map((record) => record?.dynamodb?.SequenceNumber);
  return first === startSequenceNumber && last === endSequenceNumber;
}

// Named failures: trimmed after 24 hours, the shard or the stream with it. An iterator that grew too old is none: the next run makes another.
function isGone(error: unknown): boolean {
  const kinds = [TrimmedDataAccessException, ResourceNotFoundException];
  return kinds.some((kind) => error instanceof kind);
}

function numberOf({ dynamodb }: _Record): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? 0);
}
