import { readFileSync } from 'node:fs';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  MessageNotInflight,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sqsFailureMessages } from '../../shared/adapters/sqs-failure-messages.ts';

const sqs = mockClient(SQSClient);
const EXAMPLE = JSON.parse(
  readFileSync(new URL('../fixtures/aws-events/stream-failure.json', import.meta.url), 'utf8'),
);
const QueueUrl = 'https://queue';
const queue = () => sqsFailureMessages(QueueUrl, {});

beforeEach(() => {
  sqs.reset();
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessagesNotVisible: '3' } });
});

const message = (id: string, body: unknown, handle = `handle of ${id}`) => ({
  MessageId: id,
  ReceiptHandle: handle,
  Body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('sqsFailureMessages', () => {
  it('takes all there is, page by page, and reads what Lambda wrote', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [message('a', EXAMPLE)] })
      .resolvesOnce({ Messages: [message('b', EXAMPLE)] })
      .resolves({});
    const { messages, hidden } = await queue().take();
    expect(hidden).toBe(3);
    expect(messages.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(messages[0]?.failure).toEqual({
      functionArn: EXAMPLE.requestContext.functionArn,
      streamArn: EXAMPLE.DDBStreamBatchInfo.streamArn,
      shardId: 'shardId-00000001573689847184-864758bb',
      startSequenceNumber: '800000000003126276362',
      endSequenceNumber: '800000000003126276362',
    });
    expect(sqs.commandCalls(ReceiveMessageCommand)[0]?.args[0].input).toMatchObject({
      QueueUrl,
      VisibilityTimeout: 900,
    });
  });

  it.each([
    ['no JSON', 'hello'],
    ['null', null],
    ['of a Kinesis stream', { ...EXAMPLE, DDBStreamBatchInfo: undefined, KinesisBatchInfo: {} }],
    ['of an asynchronous call', { requestContext: EXAMPLE.requestContext, requestPayload: {} }],
    ['without a function', { DDBStreamBatchInfo: EXAMPLE.DDBStreamBatchInfo }],
    [
      'with no number for a number',
      { ...EXAMPLE, DDBStreamBatchInfo: { ...EXAMPLE.DDBStreamBatchInfo, endSequenceNumber: 'x' } },
    ],
  ])('takes a message %s for one of another kind', async (_, body) => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [message('a', body)] })
      .resolves({});
    expect((await queue().take()).messages).toEqual([{ id: 'a' }]);
  });

  it('removes and releases by the newest handle of a message that came twice', async () => {
    const twice = [message('a', EXAMPLE, 'first'), message('a', EXAMPLE, 'second')];
    sqs.on(ReceiveMessageCommand).resolvesOnce({ Messages: twice }).resolves({});
    const taken = queue();
    const { messages } = await taken.take();
    expect(messages).toHaveLength(1);
    for (const one of messages) {
      await taken.release(one);
      await taken.remove(one);
    }
    const handle = { QueueUrl, ReceiptHandle: 'second' };
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input).toEqual(handle);
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input).toEqual({
      ...handle,
      VisibilityTimeout: 0,
    });
  });

  it('takes a message that can be seen again for released, and nothing else', async () => {
    const failure = { message: 'seen', $metadata: {} };
    sqs.on(ChangeMessageVisibilityCommand).rejectsOnce(new MessageNotInflight(failure)).rejects(new Error('no'));
    await expect(queue().release({ id: 'a' })).resolves.toBeUndefined();
    await expect(queue().release({ id: 'a' })).rejects.toThrow('no');
  });
});
