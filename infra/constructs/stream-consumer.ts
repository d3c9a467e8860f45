import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { FailureQueue } from './failure-queue.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';
import type { StreamedTable } from './retained-table.ts';

export interface StreamConsumerProps {
  /** Tables whose streams the worker reads, by name. */
  sources: Readonly<Record<string, StreamedTable>>;
  worker: HeedFunction;
  failures: FailureQueue;
  operations: Operations;
  /** How much comes at a time. Absent: whatever there is, at most 100 changes. */
  batch?: { size: number; window: Duration };
}

/** Half of the stream's 24 hours (DD-06): time to find the cause before records are lost. */
const LATE_MS = 12 * 60 * 60 * 1000;

/** Feeds streams of tables to a function, bounded in every way in which Lambda's defaults are not (LA-01). */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    for (const [name, source] of Object.entries(props.sources)) this.#feed(`${name}Feed`, source, props);
    this.#alarmOnDelay(props);
  }

  #feed(id: string, source: StreamedTable, { worker, failures, batch }: StreamConsumerProps): void {
    const mapping = new EventSourceMapping(this, id, {
      target: worker.lambda,
      eventSourceArn: source.allowStream(worker),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: batch?.size ?? 100,
      ...(batch && { maxBatchingWindow: batch.window }),
      parallelizationFactor: 1,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(20),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(failures.queue),
    });
    worker.before(mapping);
  }

  #alarmOnDelay({ worker, operations }: StreamConsumerProps): void {
    operations.alarm(this, 'Delay', {
      severity: 'critical',
      what: `${worker.capability} is more than 12 hours behind; after 24 hours records are lost.`,
      runbook: 'stream-delay',
      metric: worker.lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: LATE_MS,
    });
  }
}
