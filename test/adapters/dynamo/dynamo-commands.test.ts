import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoConfirmationEffects } from '../../../shared/adapters/dynamo/confirmation-effects.ts';
import { dynamoConfirmations } from '../../../shared/adapters/dynamo/confirmations.ts';
import { dynamoExpiredItems } from '../../../shared/adapters/dynamo/expired-items.ts';
import { suppressionKey } from '../../../shared/adapters/dynamo/keys.ts';
import { dynamoMailClaims } from '../../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoOptOuts } from '../../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequests } from '../../../shared/adapters/dynamo/requests.ts';
import { dynamoSuppressions } from '../../../shared/adapters/dynamo/suppressions.ts';
import { toItem } from '../../../shared/adapters/dynamo/table.ts';
import type { Confirmation } from '../../../shared/domain/confirmation.ts';
import { epochSeconds } from '../../../shared/domain/epoch.ts';
import type { Request } from '../../../shared/domain/request.ts';
import { CHANNELS, PURPOSES, scopeName } from '../../../shared/domain/scope.ts';
import { sampleOptOut } from '../../support/sample-opt-out.ts';

const dynamo = mockClient(DynamoDBClient);
const table = { client: new DynamoDBClient({ region: 'eu-central-1' }), name: 'registry' };
const NOW = new Date('2026-11-23T10:00:00.500Z');
const END = epochSeconds(1_900_000_000);
const request = sampleOptOut();
const link: Confirmation = {
  tokenHash: 'hash',
  purpose: 'opt-in',
  subjectKey: request.subjectKey,
  requestId: request.requestId,
  scopes: request.scopes,
  manner: request.manner,
  receivedAt: NOW,
  locale: 'en',
  expiresAt: END,
};
const claim = {
  kind: 'receipt' as const,
  request,
  attemptId: 'attempt',
  confirmations: [link],
  now: NOW,
  expiresAt: END,
};
const effects = dynamoConfirmationEffects(table);
const claims = dynamoMailClaims(table);

beforeEach(() => {
  // A command that no test has defined answers with nothing, which none of the reads takes for an answer.
  dynamo.reset();
});

function cancelled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ $metadata: {}, message: 'Cancelled', CancellationReasons });
}

/** Actions of the only transaction, kind and content. */
function actions() {
  const calls = dynamo.commandCalls(TransactWriteItemsCommand);
  expect(calls).toHaveLength(1);
  const input = calls[0]?.args[0].input as TransactWriteItemsCommandInput;
  return (input.TransactItems ?? []).flatMap((action) => Object.entries(action));
}

function conditions() {
  return actions().map(([, { ConditionExpression }]) => ConditionExpression);
}

describe('an opt-out', () => {
  it('is one transaction of suppression and request, which reads nothing and bears repeats', async () => {
    await dynamoOptOuts(table).record(request);
    expect(actions().map(([kind]) => kind)).toEqual(['Update', 'Put']);
    expect(conditions()).toEqual([undefined, undefined]);
    expect(dynamo.calls()).toHaveLength(1);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.ClientRequestToken).toBe(request.requestId);
  });

  it('by link asks on top whether some scope is still open, or was stopped by a button that a program may have pressed', async () => {
    await dynamoOptOuts(table).recordUnlessInForce(
      sampleOptOut({ scopes: [scopeName({ channel: 'email', purpose: 'any' })] }),
    );
    const open = 'attribute_not_exists(#s0) OR #s0.#state <> :out OR #lastOptIn > #s0.#since';
    const pressed = [0, 1, 2].map((index) => `#s0.#manner = :button${index}`).join(' OR ');
    expect(conditions()).toEqual([`${open} OR ${pressed}`, undefined]);
  });

  it('is in force already when that condition fails', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed', 'None'));
    expect(await dynamoOptOuts(table).recordUnlessInForce(request)).toBe('already-in-force');
  });

  it('is tried again when two transactions meet at one item', async () => {
    dynamo.on(TransactWriteItemsCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).resolves({});
    await dynamoOptOuts(table).record(request);
    expect(dynamo.calls()).toHaveLength(2);
  });

  it('is not accepted when they keep meeting', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'None'));
    await expect(dynamoOptOuts(table).record(request)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(dynamo.calls()).toHaveLength(5);
  });
});

describe('a suppression', () => {
  const scopes = fc.uniqueArray(
    fc.record({ channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...PURPOSES) }).map(scopeName),
    { minLength: 1 },
  );

  it('gets no end by any path that writes one (CS-08)', async () => {
    const writes: ((request: Request) => Promise<unknown>)[] = [
      (asked) => dynamoOptOuts(table).record(asked),
      (asked) => dynamoOptOuts(table).recordUnlessInForce(asked),
      (asked) => effects.completeOptIn({ ...link, scopes: asked.scopes }, NOW),
    ];
    await fc.assert(
      fc.asyncProperty(scopes, fc.constantFrom(...writes), async (asked, write) => {
        dynamo.reset();
        await write(sampleOptOut({ scopes: asked }));
        const written = actions().filter(([, { Key = {} }]) => unmarshall(Key).sk === 'SUPPRESSION');
        expect(written.map(([kind]) => kind)).toEqual(['Update']);
        expect(JSON.stringify(written)).not.toContain('expiresAt');
        expect(written[0]?.[1]).toMatchObject({ Key: toItem(suppressionKey(request.subjectKey)) });
      }),
    );
  });
});

describe('pressing a button', () => {
  const consumed = 'attribute_not_exists(consumedAt) AND expiresAt > :nowSeconds AND purpose = :purpose';

  it.each([
    ['confirmMailbox', () => effects.confirmMailbox(link, NOW), [consumed, 'attribute_exists(pk)']],
    ['startOptIn', () => effects.startOptIn(link, link, request), [consumed, undefined, undefined]],
    [
      'completeOptIn',
      () => effects.completeOptIn(link, NOW),
      [consumed, 'attribute_not_exists(#lastOptOut) OR #lastOptOut <= :time', 'attribute_exists(pk)'],
    ],
  ])('consumes the link and has its effect in one transaction: %s (EM-03)', async (_, press, expected) => {
    expect(await press()).toBe('done');
    expect(conditions()).toEqual(expected);
    expect(unmarshall(actions()[0]?.[1].ExpressionAttributeValues ?? {})).toMatchObject({ ':purpose': 'opt-in' });
  });

  it.each([
    [['ConditionalCheckFailed', 'None', 'None'], 'already-used'],
    [['ConditionalCheckFailed', 'ConditionalCheckFailed', 'None'], 'already-used'],
    [['None', 'ConditionalCheckFailed', 'None'], 'newer-choice'],
  ])('in step 2 makes of %j: %s', async (codes, outcome) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled(...codes));
    expect(await effects.completeOptIn(link, NOW)).toBe(outcome);
  });
});

describe('a mail claim', () => {
  it('puts guard and links under the condition that no guard is there, or that it is over (DD-02)', async () => {
    expect(await claims.claim(claim)).toBe('claimed');
    expect(actions().map(([kind]) => kind)).toEqual(['Put', 'Put']);
    expect(conditions()).toEqual(['attribute_not_exists(pk) OR expiresAt <= :nowSeconds', undefined]);
    expect(actions()[0]?.[1]).toMatchObject({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  });

  it.each([
    ['claimed-before', { requestId: request.requestId }],
    ['withheld', { requestId: 'req_other' }],
  ])('is %s when the guard that stands there names %j', async (outcome, guard) => {
    const failure = cancelled('ConditionalCheckFailed', 'None');
    Object.assign(failure.CancellationReasons?.[0] ?? {}, { Item: toItem(guard) });
    dynamo.on(TransactWriteItemsCommand).rejects(failure);
    expect(await claims.claim(claim)).toBe(outcome);
  });

  it('is given back under the condition that it is ours', async () => {
    await claims.release(claim);
    expect(actions().map(([kind]) => kind)).toEqual(['Delete', 'Delete']);
    expect(conditions()).toEqual(['attemptId = :attempt', undefined]);
  });

  it.each([
    ['unconfirmed', 'receipt = :before0'],
    ['withheld', 'receipt = :before0'],
    ['sent', 'receipt = :before0 OR receipt = :before1 OR receipt = :before2 OR receipt = :before3'],
  ] as const)('is settled as %s, and the address forgotten, when %s', async (receipt, condition) => {
    await claims.settle(request, receipt);
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
      UpdateExpression: 'SET receipt = :receipt REMOVE mailTo, textTo ADD version :one',
      ConditionExpression: condition,
      ExpressionAttributeValues: expect.objectContaining({ ':before0': { S: 'pending' } }),
    });
  });
});

describe('reads', () => {
  it('are consistent and take what is over for gone (DD-02)', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: toItem({ expiresAt: NOW.getTime() / 1000 - 0.5 }) });
    expect(await dynamoRequests(table).read(request, NOW)).toBeUndefined();
    expect(await dynamoConfirmations(table).find('hash', NOW)).toBeUndefined();
    await dynamoSuppressions(table).read([request.subjectKey]);
    for (const { args } of dynamo.commandCalls(GetItemCommand)) expect(args[0].input.ConsistentRead).toBe(true);
  });

  it('refuse an item that no version of the code wrote, rather than overlook an opt-out', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: toItem({ 'scope#email:marketing': { state: 'maybe' } }) });
    await expect(dynamoSuppressions(table).read([request.subjectKey])).rejects.toThrow();
  });
});

describe('reading many', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => [`k1.${index}` as typeof request.subjectKey]);

  it('asks for at most 100 keys at a time, consistently and each key once', async () => {
    dynamo.on(BatchGetItemCommand).resolves({ Responses: {} });
    const answers = await dynamoSuppressions(table).readMany([...people(250), ...people(5)]);
    const asked = dynamo.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.registry);
    expect(asked.map((part) => part?.Keys?.length)).toEqual([100, 100, 50]);
    expect(asked.every((part) => part?.ConsistentRead)).toBe(true);
    expect(answers).toHaveLength(255);
  });

  it('asks again for keys that were left unread, and only for those', async () => {
    const [first, second] = [['k1.0'], ['k1.1']].map(([key]) => suppressionKey(key as typeof request.subjectKey));
    const choice = { state: 'opted-out', since: NOW.toISOString(), requestId: 'req_1', manner: 'form' };
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: {}, UnprocessedKeys: { registry: { Keys: [toItem(second ?? {})] } } })
      .resolves({ Responses: { registry: [toItem({ ...second, 'scope#email:marketing': choice })] } });
    const answers = await dynamoSuppressions(table).readMany(people(2));
    expect(answers.map((choices) => Object.keys(choices))).toEqual([[], ['email:marketing']]);
    const keys = dynamo.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems?.registry?.Keys);
    expect(keys).toEqual([[toItem(first ?? {}), toItem(second ?? {})], [toItem(second ?? {})]]);
  });

  it('says that the store is down when keys stay unread, and guesses nothing', async () => {
    const Keys = [toItem(suppressionKey(request.subjectKey))];
    dynamo.on(BatchGetItemCommand).resolves({ Responses: {}, UnprocessedKeys: { registry: { Keys } } });
    await expect(dynamoSuppressions(table).readMany(people(2))).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(dynamo.calls()).toHaveLength(5);
  });
});

describe('the sweeper', () => {
  it('looks through all pages and asks for keys only', async () => {
    const page = (sk: string) => [toItem({ pk: 'SUBJECT#k1.a', sk })];
    dynamo
      .on(ScanCommand)
      .resolvesOnce({ Items: page('one'), LastEvaluatedKey: toItem({ pk: 'SUBJECT#k1.a', sk: 'one' }) })
      .resolves({ Items: page('two') });
    const found: string[] = [];
    for await (const { sk } of dynamoExpiredItems(table).listEndedBefore(END)) found.push(sk);
    expect(found).toEqual(['one', 'two']);
    expect(dynamo.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      ProjectionExpression: 'pk, sk, #end',
      FilterExpression: '#end < :time',
      ExpressionAttributeNames: { '#end': 'expiresAt' },
    });
  });

  it('deletes only what is still over', async () => {
    expect(await dynamoExpiredItems(table).remove({ pk: 'a', sk: 'b' }, END)).toBe('removed');
    expect(dynamo.commandCalls(DeleteItemCommand)[0]?.args[0].input).toMatchObject({
      ConditionExpression: '#end < :time',
      ExpressionAttributeValues: { ':time': { N: String(END) } },
    });
  });
});

describe('any other trouble', () => {
  const trouble = Object.assign(new Error('quiet.canary@example.org'), {
    name: 'ProvisionedThroughputExceededException',
  });

  it.each<[string, () => Promise<unknown>]>([
    ['record', () => dynamoOptOuts(table).record(request)],
    ['recordUnlessInForce', () => dynamoOptOuts(table).recordUnlessInForce(request)],
    ['read suppressions', () => dynamoSuppressions(table).read([request.subjectKey])],
    ['read many', () => dynamoSuppressions(table).readMany([[request.subjectKey], []])],
    ['read a request', () => dynamoRequests(table).read(request, NOW)],
    ['find a link', () => dynamoConfirmations(table).find('hash', NOW)],
    ['confirmMailbox', () => effects.confirmMailbox(link, NOW)],
    ['startOptIn', () => effects.startOptIn(link, link, request)],
    ['completeOptIn', () => effects.completeOptIn(link, NOW)],
    ['claim', () => claims.claim(claim)],
    ['release', () => claims.release(claim)],
    ['settle', () => claims.settle(request, 'sent')],
    ['remove', () => dynamoExpiredItems(table).remove({ pk: 'a', sk: 'b' }, END)],
  ])('is "unavailable", with its cause and without its text: %s', async (_, call) => {
    for (const cause of [trouble, cancelled('ThrottlingError')]) {
      dynamo.reset();
      dynamo.rejects(cause);
      const error = await call().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'VisibleError', kind: 'unavailable', code: 'store.unavailable', cause });
      expect((error as Error).message).not.toContain('@');
    }
  });
});
