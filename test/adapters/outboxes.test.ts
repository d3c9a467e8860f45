import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventBridge } from '../../shared/adapters/event-bridge.ts';
import { kmsSigner } from '../../shared/adapters/kms-signer.ts';
import { s3LedgerObjects, s3LedgerReader } from '../../shared/adapters/s3-ledger-objects.ts';
import { sqsMailQueue } from '../../shared/adapters/sqs-mail-queue.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const bus = mockClient(EventBridgeClient);
const kms = mockClient(KMSClient);
const { subjectKey, requestId } = sampleOptOut();

beforeEach(() => {
  for (const client of [s3, sqs, bus, kms]) client.reset();
});

function failure(httpStatusCode: number): S3ServiceException {
  return new S3ServiceException({ name: 'Failure', $fault: 'client', $metadata: { httpStatusCode } });
}

describe('s3LedgerObjects', () => {
  const objects = s3LedgerObjects('audit');
  const bytes = Buffer.from('bytes');
  it('stores under a key that nothing holds yet', async () => {
    expect(await objects.putOnce('ledger/1', bytes)).toBe('stored');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'audit',
      Key: 'ledger/1',
      Body: bytes,
      IfNoneMatch: '*',
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

describe('s3LedgerReader', () => {
  const reader = s3LedgerReader('audit');

  it('knows nothing of a key that nothing has, by the answer 404', async () => {
    s3.on(GetObjectCommand).rejects(failure(404));
    expect(await reader.get('ledger/1')).toBeUndefined();
  });

  it.each([403, 500, 503])('does not take %i for an answer', async (status) => {
    s3.on(GetObjectCommand).rejects(failure(status));
    s3.on(ListObjectsV2Command).rejects(failure(status));
    await expect(reader.get('ledger/1')).rejects.toBeInstanceOf(S3ServiceException);
    await expect(reader.firstAfter('ledger/', 'ledger/1')).rejects.toBeInstanceOf(S3ServiceException);
  });

  it('asks for one key after another', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [{ Key: 'ledger/2' }] })
      .resolves({});
    expect(await reader.firstAfter('ledger/', 'ledger/1')).toBe('ledger/2');
    expect(await reader.firstAfter('ledger/', 'ledger/2')).toBeUndefined();
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input).toEqual({
      Bucket: 'audit',
      Prefix: 'ledger/',
      StartAfter: 'ledger/1',
      MaxKeys: 1,
    });
  });
});

describe('kmsSigner', () => {
  const PublicKey = Buffer.from('key');

  it.each([
    [['ECDSA_SHA_256'], 'ECDSA_SHA_256'],
    [['ED25519_PH_SHA_512', 'ED25519_SHA_512'], 'ED25519_SHA_512'],
  ] as const)('signs the whole message with a key of %j', async (algorithms, SigningAlgorithm) => {
    kms.on(GetPublicKeyCommand).resolves({ PublicKey, SigningAlgorithms: [...algorithms] });
    kms.on(SignCommand).resolves({ Signature: Buffer.from('signature') });
    const signer = await kmsSigner('key-1', 'example.org/ledger');
    expect(signer).toMatchObject({ name: 'example.org/ledger', publicKey: PublicKey });
    expect(Buffer.from(await signer.sign(Buffer.from('note')))).toEqual(Buffer.from('signature'));
    expect(kms.commandCalls(SignCommand)[0]?.args[0].input).toEqual({
      KeyId: 'key-1',
      Message: Buffer.from('note'),
      MessageType: 'RAW',
      SigningAlgorithm,
    });
  });

  it('refuses a key that notes are not signed with, and an answer without a signature', async () => {
    kms.on(GetPublicKeyCommand).resolves({ PublicKey, SigningAlgorithms: ['RSASSA_PSS_SHA_256'] });
    await expect(kmsSigner('key-1', 'example.org/ledger')).rejects.toThrow('cannot sign notes');
    kms.on(GetPublicKeyCommand).resolves({ PublicKey, SigningAlgorithms: ['ECDSA_SHA_256'] });
    kms.on(SignCommand).resolves({});
    const signer = await kmsSigner('key-1', 'example.org/ledger');
    await expect(signer.sign(Buffer.from('note'))).rejects.toThrow('without a signature');
  });
});

describe('sqsMailQueue', () => {
  it('sends kind, subject key and request id, whatever else an order brings along (DD-07)', async () => {
    const order = { kind: 'receipt', subjectKey, requestId, mailTo: 'jane@example.org' } as const;
    await sqsMailQueue('https://queue').order(order);
    const { QueueUrl, MessageBody = '', ...rest } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(QueueUrl).toBe('https://queue');
    expect(JSON.parse(MessageBody)).toEqual({ kind: 'receipt', subjectKey, requestId });
    expect(rest).toEqual({});
  });

  it('rejects when the message was not taken', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('no'));
    await expect(sqsMailQueue('https://queue').order({ kind: 'receipt', subjectKey, requestId })).rejects.toThrow();
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
