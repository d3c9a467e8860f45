import { CfnOutput } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { CUSTOMER_EVENTS, DELETION_ACKNOWLEDGED, EVENT_SOURCE, OUTPUT } from '../../shared/names.ts';
import type { EventBus } from './event-bus.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';
import { MOST_TRIES, WorkQueue } from './work-queue.ts';

export interface EventIntakeProps {
  operations: Operations;
  worker: HeedFunction;
  bus: EventBus;
}

/**
 * What other systems say of customers, and of deletions that they have followed: put on Heed's bus, or sent to the queue itself. Whoever of this account is allowed to by its own policy
 * may do either; messages hold ids of customers, never an address.
 */
export class EventIntake extends WorkQueue {
  constructor(scope: Construct, id: string, { operations, worker, bus }: EventIntakeProps) {
    super(scope, id, {
      ...{ operations, worker, batchSize: 10, runbook: 'customer-event-failures' },
      what: `News of a customer could not be taken ${MOST_TRIES} times: a clock may not run, data go that are still needed, or a deletion stay open.`,
    });
    new Rule(this, 'Heard', {
      description: 'Customers who left or came back, and systems that have followed a deletion',
      eventBus: bus.bus,
      // Not from ourselves: what Heed says must not come back to it.
      eventPattern: {
        source: Match.anythingBut(EVENT_SOURCE),
        detailType: [...CUSTOMER_EVENTS, DELETION_ACKNOWLEDGED],
      },
      targets: [new SqsQueue(this.queue)],
    });
    new CfnOutput(scope, OUTPUT.eventBus, { value: bus.bus.eventBusName });
    new CfnOutput(scope, OUTPUT.customerEvents, { value: this.queue.queueUrl });
  }
}
