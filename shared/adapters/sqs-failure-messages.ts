import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  MessageNotInflight,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { FailureMessage, FailureMessages, StreamFailure } from '../domain/ports/stream-failures.ts';

/** Time for a run; one that is cut off keeps its messages hidden for so long. */
const HIDDEN_SECONDS = 15 * 60;

const sequenceNumber = z.string().check(z.regex(/^\d{1,40}$/));
const failureSchema = z.object({
  requestContext: z.object({
    functionArn: z.string().check(z.regex(/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/)),
  }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string().check(z.regex(/^[\w-]+$/)),
    startSequenceNumber: sequenceNumber,
    endSequenceNumber: sequenceNumber,
    streamArn: z.string().check(z.regex(/^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+\/stream\/[\w.:-]+$/)),
  }),
});

/** {@link FailureMessages} in the queue to which Lambda sends what a stream's consumer gave up. */
export function sqsFailureMessages(QueueUrl: string, { region }: { region?: string }): FailureMessages {
  const client = new SQSClient(region === undefined ? {} : { region });
  const handles = new Map<string, string>();
  const at = ({ id }: FailureMessage) => ({ QueueUrl, ReceiptHandle: handles.get(id) });
  return {
    take: async () => {
      const hidden = await countHidden(client, QueueUrl);
      const messages = new Map<string, FailureMessage>();
      for await (const { MessageId = '', ReceiptHandle = '', Body = '' } of receiveAll(client, QueueUrl)) {
        // The same message may come twice; only its last handle is sure to work.
        handles.set(MessageId, ReceiptHandle);
        messages.set(MessageId, { id: MessageId, ...readBody(Body) });
      }
      return { messages: [...messages.values()], hidden };
    },
    remove: async (message) => {
      await client.send(new DeleteMessageCommand(at(message)));
    },
    release: async (message) => {
      try {
        await client.send(new ChangeMessageVisibilityCommand({ ...at(message), VisibilityTimeout: 0 }));
      } catch (error) {
        // Named failure: it can be seen again already.
        if (!(error instanceof MessageNotInflight)) throw error;
      }
    },
  };
}

async function countHidden(client: SQSClient, QueueUrl: string): Promise<number> {
  const name = 'ApproximateNumberOfMessagesNotVisible';
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
  return Number(Attributes?.[name] ?? 0);
}

async function* receiveAll(client: SQSClient, QueueUrl: string): AsyncGenerator<Message> {
  // Waiting asks all of SQS's servers; without it an empty answer would not mean an empty queue.
  const next = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 3, VisibilityTimeout: HIDDEN_SECONDS };
  for (;;) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(next));
    if (Messages.length === 0) return;
    yield* Messages;
  }
}

function readBody(body: string): { failure?: StreamFailure } {
  const read = failureSchema.safeParse(parseJson(body));
  if (!read.success) return {};
  const { requestContext, DDBStreamBatchInfo } = read.data;
  return { failure: { functionArn: requestContext.functionArn, ...DDBStreamBatchInfo } };
}

// Named failure: not JSON, so not from Lambda.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
