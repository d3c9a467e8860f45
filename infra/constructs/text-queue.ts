import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';
import { MOST_TRIES, WorkQueue } from './work-queue.ts';

export interface TextQueueProps {
  operations: Operations;
  worker: HeedFunction;
  numbers: NonNullable<Settings['texts']>['numbers'];
}

/** Confirming texts on their way to the phone network: identifiers only, never a number. */
export class TextQueue extends WorkQueue {
  constructor(scope: Construct, id: string, { operations, worker, numbers }: TextQueueProps) {
    super(scope, id, {
      ...{ operations, worker, batchSize: 10 },
      what: `A confirming text failed ${MOST_TRIES} times. The opt-outs themselves hold.`,
      runbook: 'text-failures',
      // TC-03: after five minutes there is nothing left to send.
      retention: Duration.hours(1),
    });
    const arns = numbers.map(({ id: resourceName }) =>
      Stack.of(this).formatArn({ service: 'sms-voice', resource: 'phone-number', resourceName }),
    );
    worker.allow({ actions: ['sms-voice:SendTextMessage'], resources: arns });
  }

  allowSend(who: HeedFunction): void {
    who.set(ENV.textQueueUrl, this.queue.queueUrl);
    who.allow({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }
}
