import '../support/handler-environment.ts';
import { GetItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ConflictException,
  type PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as dispatch } from '../../functions/dispatch/handler.ts';
import { handler as onTextReceived } from '../../functions/on-text-received/handler.ts';
import { handler as sendText } from '../../functions/send-text/handler.ts';
import { requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { fromItem, toItem } from '../../shared/adapters/dynamo/table.ts';
import snsEvent from '../fixtures/aws-events/sns-event.json' with { type: 'json' };
import { memoryRegistry } from '../support/memory-registry.ts';
import { aws, resetClients } from '../support/mocked-clients.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const NUMBER = '+14155550123';
const optOut = sampleOptOut({ address: NUMBER, manner: 'sms', textFrom: '+12025550100', receivedAt: new Date() });

// As SNS hands it to a queue: the notification of the fixture, with what AWS End User Messaging publishes.
function notification(messageBody: string, more: object = {}): string {
  const message = {
    originationNumber: NUMBER,
    destinationNumber: '+12025550100',
    messageKeyword: 'KEYWORD_12025550100',
    messageBody,
    inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
    previousPublishedMessageId: 'wJalrXUtnFEMI',
    ...more,
  };
  return JSON.stringify({ ...snsEvent.Records[0]?.Sns, Message: JSON.stringify(message) });
}

function queued(...bodies: string[]): SQSEvent {
  const attributes = { ApproximateReceiveCount: '1' };
  return { Records: bodies.map((body, index) => ({ body, messageId: `m${index}`, attributes }) as SQSRecord) };
}

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  aws.dynamo.on(UpdateItemCommand).resolves({});
  aws.dynamo.on(GetItemCommand).resolves({ Item: toItem(requestItem(optOut)) });
  aws.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  aws.queue.on(SendMessageCommand).resolves({});
  aws.texts.on(SendTextMessageCommand).resolves({ MessageId: 'text-1' });
  aws.texts.on(PutOptedOutNumberCommand).resolves({});
});

describe('on-text-received', () => {
  it('writes one opt-out of texts and calls, with the time at which SNS got the text', async () => {
    expect(await onTextReceived(queued(notification('Stop!')))).toEqual({ batchItemFailures: [] });
    const [call, ...others] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    expect(others).toEqual([]);
    const item = fromItem(call?.args[0].input.TransactItems?.[1]?.Put?.Item ?? {});
    expect(item).toMatchObject({
      scopes: ['sms:any', 'phone:any'],
      manner: 'sms',
      receivedAt: '2015-06-03T17:43:27.123Z',
    });
  });

  it('takes down who asks for help, and opts nobody out', async () => {
    expect(await onTextReceived(queued(notification('HELP')))).toEqual({ batchItemFailures: [] });
    const [call] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    const [action, ...others] = call?.args[0].input.TransactItems ?? [];
    expect(others).toEqual([]);
    expect(fromItem(action?.Put?.Item ?? {})).toMatchObject({ type: 'help', textTo: NUMBER });
  });

  it('writes nothing for conversation', async () => {
    expect(await onTextReceived(queued(notification('Thanks, see you'), notification('YES')))).toEqual({
      batchItemFailures: [],
    });
    expect(aws.dynamo.calls()).toEqual([]);
  });

  it.each([
    'not json',
    '{}',
    JSON.stringify({ ...snsEvent.Records[0]?.Sns }),
    notification('stop', { inboundMessageId: '' }),
  ])('keeps what has another form for a person, and takes the rest: %s', async (body) => {
    expect(await onTextReceived(queued(body, notification('stop')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
  });

  it('brings the text again when the store does not answer, and logs neither number nor words (DD-07)', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('down'));
    const { batchItemFailures } = await onTextReceived(queued(notification('stop it, Jane')));
    const lines = written.mock.calls.join('');
    written.mockRestore();
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(lines).not.toMatch(/4155550123|Jane/);
  });
});

describe('dispatch', () => {
  it('orders the confirming text by identifiers and time only, and no mail (DD-07)', async () => {
    const { optOuts, table } = memoryRegistry();
    await optOuts.record(optOut);
    expect(await dispatch({ Records: table.streamRecords() })).toEqual({ batchItemFailures: [] });
    const [call, ...others] = aws.queue.commandCalls(SendMessageCommand);
    expect(others).toEqual([]);
    expect(call?.args[0].input.QueueUrl).toMatch(/texts$/);
    const { subjectKey, requestId, receivedAt } = optOut;
    expect(JSON.parse(call?.args[0].input.MessageBody ?? '')).toEqual({
      subjectKey,
      requestId,
      receivedAt: receivedAt.toISOString(),
    });
  });
});

describe('send-text', () => {
  const { subjectKey, requestId } = optOut;
  const order = JSON.stringify({ subjectKey, requestId, receivedAt: optOut.receivedAt.toISOString() });

  it('sends from our number, transactional, and lets the network give up in time', async () => {
    expect(await sendText(queued(order))).toEqual({ batchItemFailures: [] });
    const [call, ...others] = aws.texts.commandCalls(SendTextMessageCommand);
    expect(others).toEqual([]);
    const { TimeToLive = 0, ...input } = call?.args[0].input ?? {};
    expect(input).toMatchObject({
      DestinationPhoneNumber: NUMBER,
      OriginationIdentity: '+12025550100',
      MessageType: 'TRANSACTIONAL',
    });
    expect(TimeToLive).toBeLessThanOrEqual(300);
  });

  it('puts the number on the list of AWS afterwards (TC-06)', async () => {
    await sendText(queued(order));
    const [call] = aws.texts.commandCalls(PutOptedOutNumberCommand);
    expect(call?.args[0].input).toEqual({ OptOutListName: 'Default', OptedOutNumber: NUMBER });
  });

  it('answers HELP with who we are, how to stop and whom to ask', async () => {
    const help = { ...optOut, status: { type: 'help', state: 'asked' }, scopes: [] } as const;
    aws.dynamo.on(GetItemCommand).resolves({ Item: toItem(requestItem(help)) });
    await sendText(queued(order));
    const [call] = aws.texts.commandCalls(SendTextMessageCommand);
    expect(call?.args[0].input.MessageBody).toMatch(/^Example Shop Ltd: .*STOP.*@/);
    expect(aws.texts.commandCalls(PutOptedOutNumberCommand)).toEqual([]);
  });

  it('gives up what AWS holds back for good, and gives no alarm', async () => {
    const Reason = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';
    aws.texts.on(SendTextMessageCommand).rejects(new ConflictException({ Reason, message: 'no', $metadata: {} }));
    expect(await sendText(queued(order))).toEqual({ batchItemFailures: [] });
    expect(aws.dynamo.commandCalls(UpdateItemCommand)).toHaveLength(1);
  });

  it.each([400, 409, 429])(
    'brings the order again after a refusal with %i, and gives the claim back',
    async (httpStatusCode) => {
      aws.texts.on(SendTextMessageCommand).rejects(Object.assign(new Error('no'), { $metadata: { httpStatusCode } }));
      expect(await sendText(queued(order))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
      expect(aws.dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(2);
      expect(aws.dynamo.commandCalls(UpdateItemCommand)).toEqual([]);
    },
  );

  it('sends no second text after a lost answer, by its own hand or the SDK’s', async () => {
    aws.texts.on(SendTextMessageCommand).rejects(new Error('socket hang up'));
    expect(await sendText(queued(order))).toEqual({ batchItemFailures: [] });
    const [call, ...others] = aws.texts.commandCalls(SendTextMessageCommand);
    expect(others).toEqual([]);
    const client = call?.thisValue as PinpointSMSVoiceV2Client;
    expect(await client.config.maxAttempts()).toBe(1);
  });

  it('refuses an order of another form', async () => {
    expect(await sendText(queued('{}'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  });
});
