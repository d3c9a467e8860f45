import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { vi } from 'vitest';
import { DEFAULT_SCHEDULE } from '../../../shared/domain/retention/default-schedule.ts';
import { ENV, SCHEDULE_FILE } from '../../../shared/names.ts';
import { testContext } from '../http-events.ts';
import { TEST_PUBLIC_URL, testSettings } from '../settings.ts';
import { TEST_SECRET } from '../test-key-ring.ts';
import { deliverAll, drainMessages, type Handler, type Redelivery, redeliver } from './deliveries.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';
import { TEST_ORIGIN } from './stored-ledger.ts';

export type HttpCapability =
  | 'show-form'
  | 'submit-opt-out'
  | 'show-unsubscribe'
  | 'unsubscribe'
  | 'show-confirmation'
  | 'confirm'
  | 'show-receipt'
  | 'show-preferences'
  | 'change-preferences'
  | 'order-preferences-link'
  | 'check-suppression'
  | 'mint-link'
  | 'show-sender-keys'
  | 'report-health'
  | 'put-contact'
  | 'show-contact'
  | 'cancel-contact'
  | 'reactivate-contact'
  | 'hold-contact'
  | 'release-contact'
  | 'take-complaint'
  | 'take-intake'
  | 'take-agent-request'
  | 'list-cases'
  | 'advance-case'
  | 'undo-burst';

/** Every function of Heed, its real handler with the real SDK, over one fake AWS. */
export interface RunningHeed {
  aws: FakeAws;
  http(capability: HttpCapability, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Hands the stream's new records to one consumer until it has taken them all, as Lambda does it (LA-02). */
  drainStream(consumer: 'append-ledger' | 'dispatch', redelivery?: Redelivery): Promise<void>;
  /** Hands all that the stream ever brought to the ledger once more, cut in other ways than before. */
  redeliver(): Promise<void>;
  seal(): Promise<unknown>;
  /** Hands out messages until all are taken, each at most five times. */
  drainQueue(): Promise<void>;
  sweep(): Promise<unknown>;
  /** Stream, queue and what follows from them, until nothing is left to do. */
  settle(): Promise<void>;
  /** Everything as if never used: no data, and functions that start cold. */
  restart(): void;
  close(): Promise<void>;
}

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
    drainStream: async (consumer, redelivery = 'whole') => {
      const records = aws.dynamo.stream.slice(positions[consumer]);
      await deliverAll(records, { handler: await load(consumer), redelivery });
      positions[consumer] += records.length;
    },
    redeliver: async () => redeliver(aws.dynamo.stream, await load('append-ledger')),
    seal: async () => (await load('seal-ledger'))({}, testContext),
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

/** Where a function's bundle lies, with the files beside it. */
function taskRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-task-'));
  writeFileSync(join(folder, SCHEDULE_FILE), JSON.stringify(DEFAULT_SCHEDULE));
  return folder;
}

function setEnvironment(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // As few as one opt-out makes, so that each batch of them also asks for a seal.
    [ENV.settings]: JSON.stringify({ ...testSettings, ledger: { ...testSettings.ledger, maxWaiting: 2 } }),
    [ENV.publicUrl]: TEST_PUBLIC_URL,
    [ENV.registryTable]: 'registry',
    [ENV.contactsTable]: 'contacts',
    [ENV.auditBucket]: 'audit',
    [ENV.intakeBucket]: 'intake',
    [ENV.keyRing]: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:ring',
    [ENV.mailQueueUrl]: `${endpoint}/000000000000/mail`,
    [ENV.eventBus]: 'bus',
    [ENV.configurationSet]: 'receipts',
    [ENV.ledgerTable]: 'ledger',
    [ENV.signingKey]: 'arn:aws:kms:eu-central-1:000000000000:key/ledger',
    [ENV.ledgerOrigin]: TEST_ORIGIN,
    LAMBDA_TASK_ROOT: taskRoot(),
  });
}
