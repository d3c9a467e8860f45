import { EventBus as Bus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';

/** The bus on which other systems hear what happened: events with subject keys, never with an address (GD-07). */
export class EventBus extends Construct {
  readonly bus: Bus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new Bus(this, 'Bus', { description: 'What happened in Heed' });
  }

  allowPublish(who: HeedFunction): void {
    who.set(ENV.eventBus, this.bus.eventBusName);
    who.allow({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}
