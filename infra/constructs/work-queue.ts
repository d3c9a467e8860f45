import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FailureQueue } from './failure-queue.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';

/** AWS asks for six times the function's timeout: a shorter time shows a message to a second worker while the first works. */
const VISIBILITY_PER_TIMEOUT = 6;
/** Then a message waits for a person. */
export const MOST_TRIES = 5;

export interface WorkQueueProps {
  operations: Operations;
  worker: HeedFunction;
  /** What has failed when a message was given up. */
  what: string;
  /** Anchor of the heading in docs/runbook.md. */
  runbook: string;
  /** How many messages come at a time. */
  batchSize: number;
  /** How long a message may wait. Absent: four days. */
  retention?: Duration;
}

/** A queue that feeds one function and keeps what that cannot do. Messages hold identifiers only, never an address (GD-07). */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    const { operations, worker, what, runbook, batchSize, retention = Duration.days(4) } = props;
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', { operations, what, runbook });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * timeoutSeconds(worker)),
      retentionPeriod: retention,
      deadLetterQueue: { queue: failures.queue, maxReceiveCount: MOST_TRIES },
    });
    this.#feed(worker, batchSize);
  }

  #feed(worker: HeedFunction, batchSize: number): void {
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
      batchSize,
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
