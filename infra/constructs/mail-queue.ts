import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import { FailureQueue } from './failure-queue.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';

/** AWS asks for six times the function's timeout: a shorter time shows a message to a second worker while the first mails. */
const VISIBILITY_PER_TIMEOUT = 6;
const MOST_TRIES = 5;

/** Receipts on their way to SES: identifiers only, never an address (GD-07). */
export class MailQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { operations, worker }: { operations: Operations; worker: HeedFunction }) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', {
      operations,
      what: `A receipt mail failed ${MOST_TRIES} times. The opt-outs themselves hold.`,
      runbook: 'mail-failures',
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * timeoutSeconds(worker)),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: failures.queue, maxReceiveCount: MOST_TRIES },
    });
    this.#feed(worker);
  }

  allowSend(who: HeedFunction): void {
    who.set(ENV.mailQueueUrl, this.queue.queueUrl);
    who.allow({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }

  #feed(worker: HeedFunction): void {
    const actions = [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ];
    worker.allow({ actions, resources: [this.queue.queueArn] });
    const mapping = new EventSourceMapping(this, 'Feed', {
      target: worker.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      // SES begins with 14 mails a second; more workers would only be throttled.
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
    worker.before(mapping);
  }
}

function timeoutSeconds({ lambda }: HeedFunction): number {
  if (lambda.timeout === undefined) throw new Error('The worker of a queue needs a timeout');
  return lambda.timeout.toSeconds();
}
