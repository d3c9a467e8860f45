import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { INBOUND_PREFIX } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import type { InboundBucket } from './inbound-bucket.ts';
import type { Operations } from './operations.ts';
import { MOST_TRIES, WorkQueue } from './work-queue.ts';

export interface InboundQueueProps {
  operations: Operations;
  worker: HeedFunction;
  inbound: InboundBucket;
}

/** CC-03: an opt-out that nobody reads is one that is not honoured. Whole hours. */
const LATE_HOURS = 1;

/** Keys of mails that came in, on their way to the function that reads them. The bus of the account tells of each new object. */
export class InboundQueue extends WorkQueue {
  constructor(scope: Construct, id: string, { operations, worker, inbound }: InboundQueueProps) {
    super(scope, id, {
      ...{ operations, worker, runbook: 'inbound-mail-failures' },
      what: `A mail that came in could not be handled ${MOST_TRIES} times. It may be an opt-out that is not in force.`,
      // Each may take its whole time; one that breaks the worker must not take others along.
      batchSize: 1,
    });
    this.#hear(inbound);
    this.#alarmOnDelay(operations);
  }

  #hear({ bucket }: InboundBucket): void {
    new Rule(this, 'Arrived', {
      description: 'A mail came in',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: INBOUND_PREFIX }] } },
      },
      targets: [new SqsQueue(this.queue)],
    });
  }

  #alarmOnDelay(operations: Operations): void {
    operations.alarm(this, 'Late', {
      severity: 'critical',
      what: `A mail that came in has waited for more than ${LATE_HOURS} hour: it may be an opt-out (CC-03).`,
      runbook: 'inbound-mail-unread',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.hours(LATE_HOURS).toSeconds(),
    });
  }
}
