import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Operations } from './operations.ts';

export interface FailureQueueProps {
  operations: Operations;
  /** What has failed when a message is here. */
  what: string;
  /** Anchor of the heading in docs/runbook.md. */
  runbook: string;
}

/** The last stop of what could not be done. One message is an alarm (LA-03); it waits two weeks for a person. */
export class FailureQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { operations, what, runbook }: FailureQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      this.queue,
      'SQS3',
      'This is the last stop itself: a message here rings an alarm and waits for a person.',
    );
    operations.alarm(this, 'NotEmpty', {
      severity: 'critical',
      what,
      runbook,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
  }
}
