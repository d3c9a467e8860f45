import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';
import { MOST_TRIES, WorkQueue } from './work-queue.ts';

/** Mails on their way to SES. */
export class MailQueue extends WorkQueue {
  constructor(scope: Construct, id: string, { operations, worker }: { operations: Operations; worker: HeedFunction }) {
    super(scope, id, {
      ...{ operations, worker, batchSize: 10, runbook: 'mail-failures' },
      what: `A mail failed ${MOST_TRIES} times. The opt-outs themselves hold.`,
    });
  }

  allowSend(who: HeedFunction): void {
    who.set(ENV.mailQueueUrl, this.queue.queueUrl);
    who.allow({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
  }
}
