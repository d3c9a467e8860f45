import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import type { BatchAnswer } from '../../../shared/stream/each-record.ts';
import { testContext } from '../http-events.ts';
import type { FakeAws } from './fake-aws.ts';

/** A function's handler, whatever it takes. */
export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** How a stream brings again what failed: as it was, or cut in two (bisect). */
export type Redelivery = 'whole' | 'halves';

const MAX_DELIVERIES = 5;

interface Delivery {
  handler: Handler;
  redelivery: Redelivery;
}

/** Hands records to a consumer until it has taken them all; throws when Lambda would give up (LA-02). */
export async function deliverAll(
  records: readonly DynamoDBRecord[],
  delivery: Delivery,
  deliveries = 0,
): Promise<void> {
  if (records.length === 0) return;
  if (deliveries === MAX_DELIVERIES) throw new Error('The stream gave up on a batch');
  const left = await deliver(records, delivery.handler);
  const middle = delivery.redelivery === 'halves' ? Math.ceil(left.length / 2) : left.length;
  await deliverAll(left.slice(0, middle), delivery, deliveries + 1);
  await deliverAll(left.slice(middle), delivery, deliveries + 1);
}

// Of an answer that names failures, everything from the first one on comes again.
async function deliver(Records: readonly DynamoDBRecord[], handler: Handler): Promise<readonly DynamoDBRecord[]> {
  const { batchItemFailures } = (await handler({ Records }, testContext)) as BatchAnswer;
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const first = Records.findIndex(({ dynamodb }) => failed.includes(dynamodb?.SequenceNumber ?? ''));
  return first < 0 ? [] : Records.slice(first);
}

/** Hands out once more what is done, whole and cut in other ways. */
export async function redeliver(stream: readonly DynamoDBRecord[], handler: Handler): Promise<void> {
  const middle = Math.ceil(stream.length / 2);
  const quarter = Math.ceil(middle / 2);
  const cuts = [[0], [0, middle], [quarter, middle + quarter], [middle, stream.length - 1]];
  for (const [from = 0, to] of cuts) {
    const batch = stream.slice(from, to);
    if ((await deliver(batch, handler)).length > 0) throw new Error('A batch that is done failed when it came again');
  }
}

/** Hands out messages until all are taken. */
export async function drainMessages({ messages }: FakeAws, handler: Handler): Promise<void> {
  for (;;) {
    const waiting = messages.filter(({ isDone }) => !isDone);
    if (waiting.length === 0) return;
    for (const message of waiting) message.receives += 1;
    if (waiting.some(({ receives }) => receives > MAX_DELIVERIES)) throw new Error('The queue gave up on a message');
    const Records = waiting.map(({ id, body, receives }) => ({
      messageId: id,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
    }));
    const answer = (await handler({ Records } as unknown as SQSEvent, testContext)) as BatchAnswer;
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of waiting) message.isDone = !failed.has(message.id);
  }
}
