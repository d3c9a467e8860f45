import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { TextQueue } from '../domain/ports/mail-queue.ts';

/** {@link TextQueue} on SQS. */
export function sqsTextQueue(queueUrl: string): TextQueue {
  const client = new SQSClient({});
  return {
    order: async ({ subjectKey, requestId, receivedAt }) => {
      const MessageBody = JSON.stringify({ subjectKey, requestId, receivedAt });
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    },
  };
}
