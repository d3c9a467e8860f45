import '../support/handler-environment.ts';
import {
  BatchGetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeOptedOutNumbersCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { DeleteObjectCommand, GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ListSuppressedDestinationsCommand } from '@aws-sdk/client-sesv2';
import type { SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as receive } from '../../functions/on-mail-received/handler.ts';
import { handler as report } from '../../functions/on-mail-reported/handler.ts';
import { handler as reconcile } from '../../functions/reconcile-suppression-list/handler.ts';
import { mailFile, plainMail } from '../support/mail-files.ts';
import { aws, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { mailEvent } from '../support/ses-events.ts';

let logged = '';

beforeEach(() => {
  logged = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    logged += text;
    return true;
  });
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  aws.dynamo.on(PutItemCommand).resolves({});
  aws.dynamo.on(UpdateItemCommand).resolves({});
  aws.bucket.on(DeleteObjectCommand).resolves({});
});
afterEach(() => vi.restoreAllMocks());

function lies(raw: string | Uint8Array): void {
  const Body = { transformToByteArray: async () => Buffer.from(raw) };
  aws.bucket.on(GetObjectCommand).resolves({ Body } as unknown as GetObjectCommandOutput);
}

const told = (key = 'inbound-mail/1') => {
  const body = JSON.stringify({ source: 'aws.s3', detail: { bucket: { name: 'inbound' }, object: { key } } });
  return { Records: [{ messageId: 'message-1', body } as SQSRecord] };
};

describe('on-mail-received', () => {
  it('opts out, then deletes the mail, and logs no word of it (EM-13)', async () => {
    lies(plainMail({ Subject: 'canary unsubscribe' }));
    expect(await receive(told())).toEqual({ batchItemFailures: [] });
    expect(sentCommands().filter((name) => /Item|Object/.test(name))).toEqual([
      'TransactWriteItemsCommand',
      'GetObjectCommand',
      'DeleteObjectCommand',
    ]);
    const line = { message: 'A mail was received', outcome: 'person', count: 1, eventId: 'message-1' };
    expect(JSON.parse(logged)).toMatchObject(line);
    expect(logged).not.toMatch(/canary|jane|example\.org/);
  });

  it('deletes nothing that needs a person', async () => {
    lies(Buffer.from([0, 1, 2]));
    await receive(told());
    expect(sentCommands()).not.toContain('DeleteObjectCommand');
    expect(aws.dynamo.commandCalls(PutItemCommand)[0]?.args[0].input.Item?.objectKey).toEqual({ S: 'inbound-mail/1' });
    expect(JSON.parse(logged)).toMatchObject({ outcome: 'person, for a person' });
  });

  it('deletes nothing and has the mail come again when the store fails', async () => {
    lies(mailFile('arf-14.eml'));
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('kijitora@y.example.com'));
    expect(await receive(told())).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(sentCommands()).not.toContain('DeleteObjectCommand');
    expect(logged).not.toContain('kijitora');
  });

  it('has a message come again that names no object', async () => {
    expect((await receive({ Records: [{ messageId: 'm', body: '{}' } as SQSRecord] })).batchItemFailures).toHaveLength(
      1,
    );
  });
});

describe('on-mail-reported', () => {
  it('opts out, notes it at the request, and logs ids only (EM-13)', async () => {
    await report(mailEvent({ eventType: 'Bounce' }));
    expect(sentCommands().filter((name) => name.includes('Item'))).toEqual([
      'TransactWriteItemsCommand',
      'UpdateItemCommand',
    ]);
    expect(JSON.parse(logged)).toMatchObject({ level: 'info', outcome: 'bounced', requestId: 'req_mailed' });
    expect(logged).not.toMatch(/jane|example\.org/);
  });

  it('logs as an error that SES did not send a mail', async () => {
    await report(mailEvent({ eventType: 'Rendering Failure', tag: 'jane@example.org' }));
    expect(JSON.parse(logged)).toMatchObject({ level: 'error', outcome: 'not-sent' });
    expect(logged).not.toContain('jane');
  });

  it('rejects when the store does, so that Lambda brings the event again', async () => {
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('down'));
    await expect(report(mailEvent({ eventType: 'Complaint' }))).rejects.toThrow();
  });
});

describe('reconcile-suppression-list', () => {
  const number = { OptedOutNumber: '+14155550123', OptedOutTimestamp: new Date(0), EndUserOptedOut: true };

  beforeEach(() => {
    aws.dynamo.on(BatchGetItemCommand).resolves({ Responses: { Registry: [] } });
    aws.mail.on(ListSuppressedDestinationsCommand).resolves({ SuppressedDestinationSummaries: [] });
    aws.texts.on(DescribeOptedOutNumbersCommand).resolves({ OptedOutNumbers: [] });
  });

  it("takes over what stands on AWS's list of texts, and logs no number (TC-06)", async () => {
    aws.texts.on(DescribeOptedOutNumbersCommand).resolves({ OptedOutNumbers: [number] });
    expect(await reconcile()).toEqual({ listed: 1, recorded: 1 });
    expect(aws.dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
    expect(logged).toContain("The phone network's own list opted out");
    expect(logged).not.toContain('4155550123');
  });

  it('takes over the one list when the other does not answer, and fails all the same', async () => {
    aws.mail.on(ListSuppressedDestinationsCommand).rejects(new Error('throttled'));
    aws.texts.on(DescribeOptedOutNumbersCommand).resolves({ OptedOutNumbers: [number] });
    await expect(reconcile()).rejects.toThrow('could not be read');
    expect(aws.dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(1);
  });

  it("reads SES's list and never writes it (SE-03)", async () => {
    expect(await reconcile()).toEqual({ listed: 0, recorded: 0 });
    expect(sentCommands().filter((name) => name.includes('Suppressed'))).toEqual(['ListSuppressedDestinationsCommand']);
    expect(logged).toBe('');
  });
});
