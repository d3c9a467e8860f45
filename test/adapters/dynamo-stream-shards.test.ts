import {
  type _Record,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InternalServerError,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoStreamShards } from '../../shared/adapters/dynamo-stream-shards.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { streamFailure } from '../support/memory-stream-failures.ts';

const streams = mockClient(DynamoDBStreamsClient);
const shards = dynamoStreamShards({ pause: () => Promise.resolve() });
const failure = streamFailure(998, { endSequenceNumber: '1001' });
const why = { message: 'why', $metadata: {} };

beforeEach(() => {
  streams.reset();
  streams.on(GetShardIteratorCommand).resolves({ ShardIterator: 'i0' });
});

const numbered = (...numbers: number[]): _Record[] =>
  numbers.map((number) => ({ eventID: `e${number}`, dynamodb: { SequenceNumber: String(number) } }));

/** Pages as a shard gives them; without a last one the shard is closed after them. */
function pages(...all: _Record[][]) {
  all.forEach((Records, page) => {
    const next = page + 1 < all.length ? { NextShardIterator: `i${page + 1}` } : {};
    streams.on(GetRecordsCommand, { ShardIterator: `i${page}` }).resolves({ Records, ...next });
  });
}

const idsOf = (found: Awaited<ReturnType<typeof shards.read>>) =>
  found === 'gone' ? found : found.map((record) => (record as DynamoDBRecord).eventID);

describe('dynamoStreamShards', () => {
  it('reads from the first record to the last, over empty pages, and nothing after it', async () => {
    pages(numbered(998, 999), [], numbered(1001, 1002), numbered(1003));
    expect(idsOf(await shards.read(failure))).toEqual(['e998', 'e999', 'e1001']);
    expect(streams.commandCalls(GetShardIteratorCommand)[0]?.args[0].input).toEqual({
      StreamArn: failure.streamArn,
      ShardId: failure.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: '998',
    });
    expect(streams.commandCalls(GetRecordsCommand)).toHaveLength(3);
  });

  it.each([
    ['the first record is missing', [numbered(999, 1001)]],
    ['the last record is missing', [numbered(998, 999), numbered(1002)]],
    ['the shard ends before', [numbered(998), []]],
    ['there is nothing', [[]]],
  ])('never gives a part: %s', async (_, given) => {
    pages(...given);
    expect(await shards.read(failure)).toBe('gone');
  });

  it.each([TrimmedDataAccessException, ResourceNotFoundException])(
    'takes %o for gone, at the first page or later',
    async (Gone) => {
      pages(numbered(998), numbered(1001));
      streams.on(GetRecordsCommand, { ShardIterator: 'i1' }).rejects(new Gone(why));
      expect(await shards.read(failure)).toBe('gone');
      streams.on(GetShardIteratorCommand).rejects(new Gone(why));
      expect(await shards.read(failure)).toBe('gone');
    },
  );

  it('does not take an iterator that grew too old for gone: the next run makes another', async () => {
    pages(numbered(998));
    streams.on(GetRecordsCommand).rejects(new ExpiredIteratorException(why));
    await expect(shards.read(failure)).rejects.toThrow(ExpiredIteratorException);
  });

  it('does not take another failure, or a shard that stays silent, for gone', async () => {
    streams.on(GetRecordsCommand).resolves({ Records: [], NextShardIterator: 'i0' });
    await expect(shards.read(failure)).rejects.toMatchObject({ name: 'ShardIsSilent' });
    streams.on(GetRecordsCommand).rejects(new InternalServerError(why));
    await expect(shards.read(failure)).rejects.toBeInstanceOf(InternalServerError);
  });

  it('gives records in the shape in which Lambda does, through JSON too', async () => {
    streams.on(GetRecordsCommand).resolves({ Records: [removal] });
    const [record] = await shards.read(streamFailure(7, { endSequenceNumber: '7' }));
    expect(JSON.parse(JSON.stringify(record))).toEqual({
      eventID: 'e7',
      eventName: 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      eventSourceARN: failure.streamArn,
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: {
        ApproximateCreationDateTime: 1_795_428_000,
        SequenceNumber: '7',
        SizeBytes: 5,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        Keys: { pk: { S: 'SUBJECT#s' }, sk: { S: 'SUPPRESSION' } },
        OldImage: {
          bytes: { B: 'AQID' },
          more: { BS: ['/w=='] },
          nested: { M: { list: { L: [{ B: 'AA==' }, { N: '1' }, { NULL: true }, { BOOL: false }] } } },
          set: { SS: ['a'] },
        },
      },
    });
  });

  it('gives records that the consumers can read', async () => {
    streams.on(GetRecordsCommand).resolves({ Records: [removal] });
    const [record] = await shards.read(streamFailure(7, { endSequenceNumber: '7' }));
    expect(readChange(JSON.parse(JSON.stringify(record)))).toMatchObject({
      eventId: 'e7',
      sequenceNumber: '7',
      kind: 'REMOVE',
      endedBy: 'ttl',
      at: new Date('2026-11-23T10:00:00Z'),
    });
  });
});

const removal: _Record = {
  eventID: 'e7',
  eventName: 'REMOVE',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
  dynamodb: {
    ApproximateCreationDateTime: new Date('2026-11-23T10:00:00.400Z'),
    SequenceNumber: '7',
    SizeBytes: 5,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    Keys: { pk: { S: 'SUBJECT#s' }, sk: { S: 'SUPPRESSION' } },
    OldImage: {
      bytes: { B: new Uint8Array([1, 2, 3]) },
      more: { BS: [new Uint8Array([255])] },
      nested: { M: { list: { L: [{ B: new Uint8Array([0]) }, { N: '1' }, { NULL: true }, { BOOL: false }] } } },
      set: { SS: ['a'] },
    },
  },
};
