import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventBridge } from '../../shared/adapters/event-bridge.ts';
import { s3LedgerObjects } from '../../shared/adapters/s3-ledger-objects.ts';
import { sqsMailQueue } from '../../shared/adapters/sqs-mail-queue.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const bus = mockClient(EventBridgeClient);
const { subjectKey, requestId } = sampleOptOut();

beforeEach(() => {
  for (const client of [s3, sqs, bus]) client.reset();
});

describe('s3LedgerObjects', () => {
  const objects = s3LedgerObjects('audit');
  const bytes = Buffer.from('bytes');
  const failure = (httpStatusCode: number) =>
    new S3ServiceException({ name: 'Failure', $fault: 'client', $metadata: { httpStatusCode } });

  it('stores under a key that nothing holds yet', async () => {
    expect(await objects.putOnce('ledger/1', bytes)).toBe('stored');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'audit',
      Key: 'ledger/1',
      Body: bytes,
      IfNoneMatch: '*',
      ContentType: 'application/gzip',
    });
  });

  it('leaves what stands there, by the answer 412', async () => {
    s3.on(PutObjectCommand).rejects(failure(412));
    expect(await objects.putOnce('ledger/1', bytes)).toBe('exists');
  });

  it.each([409, 403, 500, 503])('does not take %i for an answer', async (status) => {
    s3.on(PutObjectCommand).rejects(failure(status));
    await expect(objects.putOnce('ledger/1', bytes)).rejects.toBeInstanceOf(S3ServiceException);
  });
});

describe('sqsMailQueue', () => {
  it('sends subject key and request id, whatever else an order brings along (DD-07)', async () => {
    const order = { subjectKey, requestId, mailTo: 'jane@example.org' };
    await sqsMailQueue('https://queue').order(order);
    const { QueueUrl, MessageBody = '', ...rest } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(QueueUrl).toBe('https://queue');
    expect(JSON.parse(MessageBody)).toEqual({ subjectKey, requestId });
    expect(rest).toEqual({});
  });

  it('rejects when the message was not taken', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('no'));
    await expect(sqsMailQueue('https://queue').order({ subjectKey, requestId })).rejects.toThrow();
  });
});

describe('eventBridge', () => {
  const event = {
    type: 'opt-out.effective',
    subjectKey,
    requestId,
    scopes: ['any:any'],
    at: '2026-11-23T10:00:00.000Z',
  } as const;

  it('publishes one event with its type as detail type', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    await eventBridge('bus').publish(event);
    const { type, ...detail } = event;
    const [entry, ...rest] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ EventBusName: 'bus', Source: 'heed', DetailType: type });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual(detail);
  });

  it('rejects an answer of 200 for an event that was not taken', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
    await expect(eventBridge('bus').publish(event)).rejects.toThrow('ThrottlingException');
  });
});
