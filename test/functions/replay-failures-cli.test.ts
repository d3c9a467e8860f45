import { readFileSync } from 'node:fs';
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import * as replay from '../../functions/replay-failures/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'replay-failures': { summary: 'replays', load: () => Promise.resolve(replay) } };
const QUEUE = 'https://sqs.us-east-2.amazonaws.com/123456789012/failures';
const BODY = readFileSync(new URL('../fixtures/aws-events/stream-failure.json', import.meta.url), 'utf8');
const NUMBER = '800000000003126276362';
const CANARY = 'canary.person@example.org';

const sqs = mockClient(SQSClient);
const streams = mockClient(DynamoDBStreamsClient);
const lambda = mockClient(LambdaClient);

beforeEach(() => {
  for (const client of [sqs, streams, lambda]) client.reset();
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessagesNotVisible: '0' } });
  queueHolds(BODY);
  const dynamodb = { SequenceNumber: NUMBER, NewImage: { address: { S: CANARY } } };
  streams.on(GetShardIteratorCommand).resolves({ ShardIterator: 'here' });
  streams.on(GetRecordsCommand).resolves({ Records: [{ eventID: 'e1', eventName: 'INSERT', dynamodb }] });
  answers({ batchItemFailures: [] });
});

function queueHolds(...bodies: string[]) {
  const Messages = bodies.map((Body, at) => ({ MessageId: `m${at}`, ReceiptHandle: `h${at}`, Body }));
  sqs.on(ReceiveMessageCommand).resolvesOnce({ Messages }).resolves({});
}

function answers(payload: object, FunctionError?: string) {
  const Payload = Object.assign(Buffer.from(JSON.stringify(payload)), {
    transformToString: () => JSON.stringify(payload),
  });
  lambda.on(InvokeCommand).resolves({ Payload: Payload as never, ...(FunctionError && { FunctionError }) });
}

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['replay-failures', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('heed replay-failures', () => {
  it('ends with 0 when everything is replayed, and prints ids and counts only', async () => {
    const { code, text } = await heed(QUEUE);
    expect(code).toBe(0);
    expect(text).toBe(
      'DONE  replayed, records: 1\n' +
        `      message m0  myfunction  shardId-00000001573689847184-864758bb  ${NUMBER} to ${NUMBER}\n` +
        '1 replayed, 0 left in the queue\n',
    );
    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input.Payload?.toString()).toContain(CANARY);
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input.ReceiptHandle).toBe('h0');
  });

  it('ends with 0 on an empty queue', async () => {
    queueHolds();
    expect(await heed(QUEUE)).toMatchObject({ code: 0, text: '0 replayed, 0 left in the queue\n' });
  });

  it('ends with 1 when another run has taken something', async () => {
    queueHolds();
    sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessagesNotVisible: '2' } });
    const { code, text } = await heed(QUEUE);
    expect(code).toBe(1);
    expect(text).toContain('about 2 more taken by another run');
  });

  it('ends with 1 when a record was given back, and repeats no word of the function', async () => {
    answers({ batchItemFailures: [{ itemIdentifier: CANARY }] });
    const { code, text } = await heed(QUEUE);
    expect({ code, calls: sqs.commandCalls(DeleteMessageCommand) }).toEqual({ code: 1, calls: [] });
    expect(text).not.toContain('canary');
  });

  it('ends with 1 when the function failed', async () => {
    answers({ errorMessage: CANARY, batchItemFailures: [] }, 'Unhandled');
    const { code, text } = await heed(QUEUE);
    expect({ code, calls: sqs.commandCalls(DeleteMessageCommand) }).toEqual({ code: 1, calls: [] });
    expect(text).not.toContain('canary');
  });

  it('ends with 1 and sends to the runbook when the records are gone', async () => {
    streams.on(GetShardIteratorCommand).rejects(new TrimmedDataAccessException({ message: 'old', $metadata: {} }));
    const { code, text } = await heed(QUEUE);
    expect(code).toBe(1);
    expect(text).toContain('older than 24 hours: rebuild from the tables, see the runbook');
  });

  it('ends with 1 on a message of another kind, whose text it does not repeat', async () => {
    queueHolds(`{"text":"${CANARY}"}`, BODY);
    const { code, text } = await heed(QUEUE);
    expect(code).toBe(1);
    expect(text).toContain('1 replayed, 1 left');
    expect(text).not.toContain('canary');
  });

  it('ends with 1 after a dry run that found something', async () => {
    const { code, text } = await heed(QUEUE, '--dry-run');
    expect(code).toBe(1);
    expect(text).toContain('LEFT  to be replayed');
    expect(lambda.calls()).toEqual([]);
    expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
  });

  it('ends with 2 when a message could not be tried', async () => {
    lambda.on(InvokeCommand).rejects(Object.assign(new Error(CANARY), { name: 'AccessDeniedException' }));
    const { code, text } = await heed(QUEUE);
    expect(code).toBe(2);
    expect(text).toContain('could not be tried: AccessDeniedException');
    expect(text).not.toContain('canary');
  });

  it('ends with 2 when there is no such queue', async () => {
    sqs.on(GetQueueAttributesCommand).rejects(new QueueDoesNotExist({ message: 'no such queue', $metadata: {} }));
    const { code, complaints } = await heed(QUEUE);
    expect({ code, complaints }).toEqual({
      code: 2,
      complaints: 'heed: could not replay: QueueDoesNotExist: no such queue\n',
    });
  });

  it.each([[[]], [['failures']], [[QUEUE, QUEUE]], [[QUEUE, '--force']]])(
    'ends with 2 when called as %j',
    async (args) => {
      expect(await heed(...args)).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining('Usage:') });
      expect(sqs.calls()).toEqual([]);
    },
  );

  it('asks AWS in the region of the queue', async () => {
    await heed(QUEUE);
    const clients = [sqs, streams, lambda].map((client) => client.call(0).thisValue as SQSClient);
    expect(await Promise.all(clients.map(({ config }) => config.region()))).toEqual(Array(3).fill('us-east-2'));
  });
});
