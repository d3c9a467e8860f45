import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { vi } from 'vitest';
import { ENV } from '../../../shared/names.ts';
import type { BatchAnswer } from '../../../shared/stream/each-record.ts';
import { testContext } from '../http-events.ts';
import { TEST_PUBLIC_URL, testSettings } from '../settings.ts';
import { TEST_SECRET } from '../test-key-ring.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';

export type HttpCapability =
  | 'show-form'
  | 'submit-opt-out'
  | 'show-unsubscribe'
  | 'unsubscribe'
  | 'show-confirmation'
  | 'confirm'
  | 'show-receipt'
  | 'check-suppression'
  | 'mint-link'
  | 'report-health';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Every function of Heed, its real handler with the real SDK, over one fake AWS. */
export interface RunningHeed {
  aws: FakeAws;
  http(capability: HttpCapability, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Hands the stream's new records to one consumer until it has taken them all, as Lambda does it (LA-02). */
  drainStream(consumer: 'append-ledger' | 'dispatch'): Promise<void>;
  /** Hands out messages until all are taken, each at most five times. */
  drainQueue(): Promise<void>;
  sweep(): Promise<unknown>;
  /** Stream, queue and what follows from them, until nothing is left to do. */
  settle(): Promise<void>;
  /** Everything as if never used: no data, and functions that start cold. */
  restart(): void;
  close(): Promise<void>;
}

const MAX_DELIVERIES = 5;

export async function runHeed(): Promise<RunningHeed> {
  const aws = await startFakeAws(TEST_SECRET);
  setEnvironment(aws.endpoint);
  const positions = { 'append-ledger': 0, dispatch: 0 };
  const load = async (capability: string): Promise<Handler> =>
    (await import(`../../../functions/${capability}/handler.ts`)).handler;
  const heed: RunningHeed = {
    aws,
    http: async (capability, event) =>
      (await (
        await load(capability)
      )(event, testContext)) as APIGatewayProxyStructuredResultV2,
    drainStream: async (consumer) => {
      const handler = await load(consumer);
      positions[consumer] += await deliverAll(aws.dynamo.stream.slice(positions[consumer]), handler);
    },
    drainQueue: async () => drainMessages(aws, await load('send-mail')),
    sweep: async () => (await load('sweep-expired'))({}, testContext),
    settle: async () => {
      for (let round = 0; round < 3; round += 1) {
        await heed.drainStream('append-ledger');
        await heed.drainStream('dispatch');
        await heed.drainQueue();
      }
    },
    restart: () => {
      aws.reset();
      Object.assign(positions, { 'append-ledger': 0, dispatch: 0 });
      vi.resetModules();
    },
    close: () => aws.close(),
  };
  return heed;
}

function setEnvironment(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [ENV.settings]: JSON.stringify(testSettings),
    [ENV.publicUrl]: TEST_PUBLIC_URL,
    [ENV.registryTable]: 'registry',
    [ENV.auditBucket]: 'audit',
    [ENV.keyRing]: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:ring',
    [ENV.mailQueueUrl]: `${endpoint}/000000000000/mail`,
    [ENV.eventBus]: 'bus',
    [ENV.configurationSet]: 'receipts',
  });
}

// Of an answer that names failures, everything from the first one on comes again; a thrown error brings all of it again.
async function deliverAll(records: readonly DynamoDBRecord[], handler: Handler): Promise<number> {
  let left = records;
  for (let delivery = 0; left.length > 0; delivery += 1) {
    if (delivery === MAX_DELIVERIES) throw new Error('The stream gave up on a batch');
    const { batchItemFailures } = (await handler({ Records: left }, testContext)) as BatchAnswer;
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    const first = left.findIndex(({ dynamodb }) => failed.includes(dynamodb?.SequenceNumber ?? ''));
    left = first < 0 ? [] : left.slice(first);
  }
  return records.length;
}

async function drainMessages({ messages }: FakeAws, handler: Handler): Promise<void> {
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
