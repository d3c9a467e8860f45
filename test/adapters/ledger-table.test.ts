import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoLedgerHeads, dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { emptyHead, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import type { RequestId } from '../../shared/domain/request.ts';

const dynamo = mockClient(DynamoDBClient);
const now = () => new Date('2026-11-23T08:00:00Z');
const HOUR = 3600;
const epoch = now().getTime() / 1000;
const table = { client: new DynamoDBClient({ region: 'eu-central-1' }), name: 'ledger' };
const heads = dynamoLedgerHeads(table, now);
const places = dynamoLedgerPlaces(table, { now, days: 700 });

const head: LedgerHead = {
  objects: 3,
  size: 40,
  frontier: ['a', 'b'],
  lastObjectHash: 'h3',
  at: '2026-11-23T07:00:00Z',
};
const next: LedgerHead = { ...head, objects: 4, size: 42, lastObjectHash: 'h4' };
const at = '2026-11-23T07:59:58Z';
const changes = [
  { id: 'event-9', seq: '9', at },
  { id: 'event-10', seq: '10', at },
];

function cancelled(...codes: string[]): TransactionCanceledException {
  return new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

function lastInput(command: typeof TransactWriteItemsCommand) {
  return dynamo.commandCalls(command).at(-1)?.args[0].input;
}

beforeEach(() => void dynamo.reset());

describe('the head', () => {
  it('is empty before the first append', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await heads.read()).toEqual(emptyHead());
  });

  it('is read strongly consistent', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall({ pk: 'HEAD', sk: 'HEAD', ...head }) });
    expect(await heads.read()).toEqual(head);
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
  });

  it('is not guessed when it cannot be understood', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall({ pk: 'HEAD', sk: 'HEAD', objects: 'three' }) });
    await expect(heads.read()).rejects.toThrow();
  });

  it('moves in one transaction with the marker of what is done', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await heads.replace(head, next, changes)).toBe('replaced');
    const [swap, mark] = lastInput(TransactWriteItemsCommand)?.TransactItems ?? [];
    expect(swap?.Put).toMatchObject({ ConditionExpression: 'objects = :objects AND lastObjectHash = :hash' });
    expect(unmarshall(swap?.Put?.ExpressionAttributeValues ?? {})).toEqual({ ':objects': 3, ':hash': 'h3' });
    expect(unmarshall(swap?.Put?.Item ?? {})).toEqual({ pk: 'HEAD', sk: 'HEAD', ...next });
    expect(unmarshall(mark?.Put?.Item ?? {})).toEqual({
      pk: 'BATCH#2026-11-23T07',
      sk: `${'10'.padStart(64, '0')}#3`,
      first: '9'.padStart(64, '0'),
      ids: ['event-9', 'event-10'],
      expiresAt: epoch + 48 * HOUR,
    });
  });

  it('is created only where there is none', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    await heads.replace(emptyHead(), { ...head, objects: 1 }, changes);
    const [swap] = lastInput(TransactWriteItemsCommand)?.TransactItems ?? [];
    expect(swap?.Put?.ConditionExpression).toBe('attribute_not_exists(pk)');
    expect(swap?.Put?.ExpressionAttributeValues).toBeUndefined();
  });

  it('says when somebody else was faster', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed', 'None'));
    expect(await heads.replace(head, next, changes)).toBe('moved');
  });

  it('is tried again when two transactions meet', async () => {
    dynamo.on(TransactWriteItemsCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({});
    expect(await heads.replace(head, next, changes)).toBe('replaced');
  });

  it.each([
    cancelled('ThrottlingError', 'None'),
    new ConditionalCheckFailedException({ $metadata: {}, message: 'of no transaction' }),
    new Error('socket'),
  ])('takes no other failure for an answer: %s', async (failure) => {
    dynamo.on(TransactWriteItemsCommand).rejects(failure);
    await expect(heads.replace(head, next, changes)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

/** Answers queries and writes as the table does, two items a page. */
function answerAsTable(): void {
  const items: Record<string, unknown>[] = [];
  dynamo.on(TransactWriteItemsCommand).callsFake(({ TransactItems }) => {
    items.push(unmarshall(TransactItems[1].Put.Item));
    items.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
    return {};
  });
  dynamo.on(QueryCommand).callsFake((input) => {
    expect(input).toMatchObject({ ConsistentRead: true, KeyConditionExpression: 'pk = :partition AND sk >= :first' });
    const { ':first': first, ':last': last } = unmarshall(input.ExpressionAttributeValues);
    const start = input.ExclusiveStartKey?.sk.S ?? '';
    const left = items.filter(({ sk }) => String(sk) >= first && String(sk) > start);
    const page = left.slice(0, 2);
    return {
      Items: page.filter((item) => String(item.first) <= last).map((item) => marshall(item)),
      ...(left.length > 2 && { LastEvaluatedKey: marshall({ pk: 'BATCH#2026-11-23T07', sk: page[1]?.sk }) }),
    };
  });
}

describe('what is done', () => {
  it('is asked for once with the batch’s range, padded so that numbers compare as text', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [] });
    expect(await heads.findDone(changes)).toEqual(new Set());
    const values = dynamo.commandCalls(QueryCommand)[0]?.args[0].input.ExpressionAttributeValues ?? {};
    expect(unmarshall(values)).toEqual({
      ':partition': 'BATCH#2026-11-23T07',
      ':first': '9'.padStart(64, '0'),
      ':last': '10'.padStart(64, '0'),
    });
  });

  it('is found on every page', async () => {
    answerAsTable();
    for (let seq = 1; seq <= 7; seq += 1)
      await heads.replace(head, { ...next, objects: seq }, [{ id: `event-${seq}`, seq: `${seq}`, at }]);
    const asked = Array.from({ length: 9 }, (_, index) => ({ id: `event-${index}`, seq: `${index}`, at }));
    expect(await heads.findDone(asked)).toEqual(new Set(Array.from({ length: 7 }, (_, index) => `event-${index + 1}`)));
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(4);
  });

  it('is marked and asked for by the hour of the changes, however long after they are redelivered', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    dynamo.on(QueryCommand).resolves({ Items: [] });
    const across = [
      { id: 'event-1', seq: '1', at: '2026-11-23T06:59:59Z' },
      { id: 'event-2', seq: '2', at: '2026-11-23T07:00:00Z' },
    ];
    await heads.replace(head, next, across);
    await heads.findDone(across);
    const hours = ['BATCH#2026-11-23T06', 'BATCH#2026-11-23T07'];
    const [, ...marks] = lastInput(TransactWriteItemsCommand)?.TransactItems ?? [];
    expect(marks.map((mark) => unmarshall(mark.Put?.Item ?? {}).pk)).toEqual(hours);
    const asked = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExpressionAttributeValues ?? {});
    expect(asked.map((values) => unmarshall(values)[':partition'])).toEqual(hours);
  });

  it('is known by the event, not by a sequence number that another shard gave too', async () => {
    answerAsTable();
    await heads.replace(head, next, [{ id: 'event-a', seq: '100', at }]);
    expect(await heads.findDone([{ id: 'event-b', seq: '100', at }])).toEqual(new Set());
  });

  it('is found however batches were cut', async () => {
    const seqs = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 40n }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(seqs, { minLength: 1, maxLength: 5 }), fc.nat(), async (batches, cut) => {
        dynamo.reset();
        answerAsTable();
        const marked = batches.map((batch) => batch.map((seq) => ({ id: `event-${seq}`, seq: String(seq), at })));
        for (const [number, batch] of marked.entries())
          await heads.replace(head, { ...next, objects: number + 1 }, batch);
        const all = marked.flat();
        const asked = [...all.slice(cut % all.length), { id: 'event-new', seq: '5', at }];
        expect(await heads.findDone(asked)).toEqual(new Set(all.slice(cut % all.length).map(({ id }) => id)));
      }),
      { numRuns: 100 },
    );
  });
});

function placed(count: number) {
  return Array.from({ length: count }, (_, index) => ({ placedId: `req_${index}` as RequestId, object: 2, index }));
}

function writtenIn(call: number) {
  return dynamo.commandCalls(BatchWriteItemCommand)[call]?.args[0].input.RequestItems?.ledger ?? [];
}

describe('places', () => {
  it('are written 25 at a time, and end with their request', async () => {
    dynamo.on(BatchWriteItemCommand).resolves({});
    await places.note(placed(60));
    expect([0, 1, 2, 3].map((call) => writtenIn(call).length)).toEqual([25, 25, 10, 0]);
    expect(unmarshall(writtenIn(0)[1]?.PutRequest?.Item ?? {})).toEqual({
      pk: 'PLACE#req_1',
      sk: 'PLACE',
      object: 2,
      index: 1,
      expiresAt: epoch + 700 * 24 * HOUR,
    });
  });

  it('are not written when there are none', async () => {
    await places.note([]);
    expect(dynamo.calls()).toHaveLength(0);
  });

  it('go once by key: two writes to one key would be refused with all others', async () => {
    dynamo.on(BatchWriteItemCommand).resolves({});
    await places.note([...placed(1), { placedId: 'req_0', object: 2, index: 7 }]);
    expect(writtenIn(0).map(({ PutRequest }) => unmarshall(PutRequest?.Item ?? {}).index)).toEqual([7]);
  });

  it('that the store left over are written again, and only those', async () => {
    dynamo
      .on(BatchWriteItemCommand)
      .callsFakeOnce(({ RequestItems }) => ({ UnprocessedItems: { ledger: RequestItems.ledger.slice(3) } }))
      .resolves({});
    await places.note(placed(5));
    expect([writtenIn(0).length, writtenIn(1).length, writtenIn(2).length]).toEqual([5, 2, 0]);
  });

  it('are an error, not a loss, when the store keeps leaving some over', async () => {
    dynamo.on(BatchWriteItemCommand).callsFake(({ RequestItems }) => ({ UnprocessedItems: RequestItems }));
    await expect(places.note(placed(2))).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(dynamo.commandCalls(BatchWriteItemCommand)).toHaveLength(5);
  });

  it('are found by the request', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall({ pk: 'PLACE#req_1', sk: 'PLACE', object: 2, index: 9 }) });
    expect(await places.find('req_1')).toEqual({ object: 2, index: 9 });
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input.Key).toEqual(
      marshall({ pk: 'PLACE#req_1', sk: 'PLACE' }),
    );
  });

  it('are not made up', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await places.find('req_1')).toBeUndefined();
  });
});
