import '../support/handler-environment.ts';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as appendLedger } from '../../functions/append-ledger/handler.ts';
import { handler as dispatch } from '../../functions/dispatch/handler.ts';
import { handler as seal } from '../../functions/seal-ledger/handler.ts';
import { handler as sendMail } from '../../functions/send-mail/handler.ts';
import { handler as sweep } from '../../functions/sweep-expired/handler.ts';
import { requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { aws, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const optOut = sampleOptOut({ receivedAt: new Date() });

async function optOutRecords() {
  const { optOuts, table } = memoryRegistry();
  await optOuts.record(optOut);
  return table.streamRecords();
}

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  aws.dynamo.on(UpdateItemCommand).resolves({});
  aws.queue.on(SendMessageCommand).resolves({});
  aws.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  aws.bucket.on(PutObjectCommand).resolves({});
  aws.mail.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
});

describe('dispatch', () => {
  it('orders one receipt and publishes one event for an opt-out, with no personal data (DD-07)', async () => {
    expect(await dispatch({ Records: await optOutRecords() })).toEqual({ batchItemFailures: [] });
    const bodies = aws.queue.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input.MessageBody);
    expect(bodies).toEqual([
      JSON.stringify({ kind: 'receipt', subjectKey: optOut.subjectKey, requestId: optOut.requestId }),
    ]);
    const entries = aws.bus.commandCalls(PutEventsCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);
    expect(entries).toMatchObject([{ EventBusName: 'events', Source: 'heed', DetailType: 'opt-out.effective' }]);
    expect(JSON.stringify(entries)).not.toMatch(/jane|example\.org/);
  });

  it('names the first record that failed, so that it and all after it come again (LA-02)', async () => {
    const records = await optOutRecords();
    aws.queue.on(SendMessageCommand).rejects(new Error('down'));
    expect(await dispatch({ Records: [...records, ...records] })).toEqual({
      batchItemFailures: [{ itemIdentifier: records[1]?.dynamodb?.SequenceNumber }],
    });
    expect(aws.queue.commandCalls(SendMessageCommand)).toHaveLength(1);
  });

  it('counts an event that the bus did not take as a failure, though the call succeeded', async () => {
    aws.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    expect((await dispatch({ Records: await optOutRecords() })).batchItemFailures).toHaveLength(1);
  });
});

describe('append-ledger', () => {
  const taken = new S3ServiceException({
    name: 'PreconditionFailed',
    $fault: 'client',
    $metadata: { httpStatusCode: 412 },
  });
  const puts = () => aws.bucket.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

  beforeEach(() => {
    aws.dynamo.on(GetItemCommand).resolves({});
    aws.dynamo.on(QueryCommand).resolves({ Items: [] });
    aws.dynamo.on(BatchWriteItemCommand).resolves({});
  });

  it('adds an object that overwrites nothing, notes the places, then moves the head', async () => {
    expect(await appendLedger({ Records: await optOutRecords() })).toEqual({ batchItemFailures: [] });
    expect(puts()).toMatchObject([{ Bucket: 'audit', Key: `ledger/${objectKey(0)}`, IfNoneMatch: '*' }]);
    const writes = aws.dynamo.calls().map(({ args: [command] }) => command.constructor.name);
    expect(writes.slice(-2)).toEqual(['BatchWriteItemCommand', 'TransactWriteItemsCommand']);
    const [swap] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    const tables = swap?.args[0].input.TransactItems?.map(({ Put }) => Put?.TableName);
    expect(new Set(tables)).toEqual(new Set(['Ledger']));
  });

  it('finishes an object that is there already, byte for byte as it lies there, and adds nothing more', async () => {
    const records = await optOutRecords();
    await appendLedger({ Records: records });
    const [first] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    const Body = { transformToByteArray: async () => puts()[0]?.Body } as unknown as NonNullable<
      GetObjectCommandOutput['Body']
    >;
    const marker = { pk: 'BATCH', sk: '1', ids: records.map(({ eventID }) => eventID) };
    aws.bucket.on(PutObjectCommand).rejects(taken);
    aws.bucket.on(GetObjectCommand).resolves({ Body });
    const isMarked = () => aws.dynamo.commandCalls(TransactWriteItemsCommand).length === 2;
    aws.dynamo.on(QueryCommand).callsFake(() => ({ Items: isMarked() ? [toItem(marker)] : [] }));

    expect(await appendLedger({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(puts()).toHaveLength(2);
    const [, second, ...others] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    expect(others).toEqual([]);
    const headOf = (call: typeof first) => call?.args[0].input.TransactItems?.[0]?.Put?.Item;
    expect(headOf(second)).toEqual(headOf(first));
  });

  it('adds nothing when the whole batch is in the ledger', async () => {
    const records = await optOutRecords();
    const marker = { pk: 'BATCH', sk: '1', ids: records.map(({ eventID }) => eventID) };
    aws.dynamo.on(QueryCommand).resolves({ Items: [toItem(marker)] });
    expect(await appendLedger({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(puts()).toEqual([]);
    expect(sentCommands()).not.toContain('TransactWriteItemsCommand');
  });

  it('brings the whole batch again when the bucket fails (LA-02)', async () => {
    aws.bucket.on(PutObjectCommand).rejects(new Error('down'));
    const records = await optOutRecords();
    expect(await appendLedger({ Records: records })).toEqual({
      batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber }],
    });
    expect(sentCommands()).not.toContain('TransactWriteItemsCommand');
  });

  it('writes no object for no records', async () => {
    expect(await appendLedger({ Records: [] })).toEqual({ batchItemFailures: [] });
    expect(sentCommands()).toEqual(['GetItemCommand']);
  });
});

describe('seal-ledger', () => {
  it('asks nobody to sign a ledger that is empty', async () => {
    aws.dynamo.on(GetItemCommand).resolves({});
    aws.bucket.on(ListObjectsV2Command).resolves({});
    expect(await seal()).toEqual({ outcome: 'nothing-new' });
    expect(sentCommands()).toEqual(['GetItemCommand', 'ListObjectsV2Command']);
  });

  it('fails when it cannot, so that its alarm rings and the schedule tries again', async () => {
    aws.dynamo.on(GetItemCommand).rejects(new Error('down'));
    await expect(seal()).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

describe('send-mail', () => {
  const order = JSON.stringify({ kind: 'receipt', subjectKey: optOut.subjectKey, requestId: optOut.requestId });
  const queued = (...bodies: string[]): SQSEvent => ({
    Records: bodies.map(
      (body, index) => ({ body, messageId: `m${index}`, attributes: { ApproximateReceiveCount: '1' } }) as SQSRecord,
    ),
  });

  beforeEach(() => {
    aws.dynamo.on(GetItemCommand).resolves({ Item: toItem(requestItem(optOut)) });
  });

  it('sends one mail in the request’s language, with controller and postal address (CS-06)', async () => {
    const german = requestItem({ ...optOut, locale: 'de' });
    aws.dynamo.on(GetItemCommand).resolves({ Item: toItem(german) });
    expect(await sendMail(queued(order))).toEqual({ batchItemFailures: [] });
    const [call, ...others] = aws.mail.commandCalls(SendEmailCommand);
    expect(others).toEqual([]);
    const input = call?.args[0].input;
    expect(input?.Destination).toEqual({ ToAddresses: ['jane@example.org'] });
    const body = input?.Content?.Simple?.Body;
    for (const text of [body?.Text?.Data, body?.Html?.Data]) {
      expect(text).toContain('1 High Street');
      expect(text).toContain(optOut.requestId);
      expect(text).toMatch(/https:\/\/heed\.example\.org\/c\/[A-Za-z0-9_-]{43}/);
    }
    expect(body?.Html?.Data).toContain('<html lang="de" dir="ltr">');
  });

  it('reports each message by itself: one that fails does not bring the others again', async () => {
    const { batchItemFailures } = await sendMail(queued('not json', order, '{"subjectKey":"k1.x"}'));
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }]);
    expect(aws.mail.calls()).toHaveLength(1);
  });

  it('brings a message again when the mail was refused, and gives the claim back', async () => {
    aws.mail
      .on(SendEmailCommand)
      .rejects(Object.assign(new Error('slow down'), { $metadata: { httpStatusCode: 429 } }));
    expect(await sendMail(queued(order))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    const [, release] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    expect(release?.args[0].input.TransactItems?.every((action) => action.Delete !== undefined)).toBe(true);
  });

  it('does not bring a message again whose answer was lost: no second mail', async () => {
    aws.mail.on(SendEmailCommand).rejects(new Error('socket hang up'));
    expect(await sendMail(queued(order))).toEqual({ batchItemFailures: [] });
    expect(aws.dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
    const [settle] = aws.dynamo.commandCalls(UpdateItemCommand);
    expect(settle?.args[0].input.ExpressionAttributeValues).toMatchObject({ ':receipt': { S: 'unconfirmed' } });
  });
});

describe('sweep-expired', () => {
  it('deletes what the scan finds, under the condition that its end has not moved (DD-04)', async () => {
    const ended = toItem({ pk: 'SUBJECT#k1.x', sk: 'REQUEST#req_1', expiresAt: 1_700_000_000 });
    aws.dynamo.on(ScanCommand).resolves({});
    aws.dynamo.on(ScanCommand, { ProjectionExpression: 'pk, sk, #end' }).resolves({ Items: [ended] });
    aws.dynamo.on(DeleteItemCommand).resolves({});
    expect(await sweep()).toMatchObject({ removed: 2, kept: 0, released: 0, unacknowledged: 0 });
    const [call] = aws.dynamo.commandCalls(DeleteItemCommand);
    expect(call?.args[0].input).toMatchObject({
      ConditionExpression: '#end < :time',
      ExpressionAttributeNames: { '#end': 'expiresAt' },
    });
  });
});
