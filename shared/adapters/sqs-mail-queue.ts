import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { MailQueue } from '../domain/ports/mail-queue.ts';

/** {@link MailQueue} on SQS. */
export function sqsMailQueue(queueUrl: string): MailQueue {
  const client = new SQSClient({});
  return {
    order: async ({ kind, subjectKey, requestId }) => {
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ kind, subjectKey, requestId }) }),
      );
    },
  };
}
