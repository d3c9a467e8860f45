import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { HeedFunction } from './heed-function.ts';

export interface MailFeedbackProps {
  configurationSetName: string;
  /** Hears of each mail. */
  reporter: HeedFunction;
  /** Reads SES's own list. */
  reconciler: HeedFunction;
}

/** SE-05, SE-10: what becomes of a mail, and nothing of who opened it or followed a link. */
const EVENT_TYPES = ['DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'];

/**
 * What SES tells of Heed's mails. Its events hold addresses, so they go from the account's bus to the function at once: no queue keeps them,
 * and none is forwarded. What the function misses all the same stands on SES's own list, which is read every hour.
 */
export class MailFeedback extends Construct {
  constructor(scope: Construct, id: string, { configurationSetName, reporter, reconciler }: MailFeedbackProps) {
    super(scope, id);
    this.#publish(configurationSetName);
    new Rule(this, 'Reported', {
      description: 'SES tells what became of a mail',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName] } } },
      },
      targets: [new LambdaFunction(reporter.lambda, { retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
    new Rule(this, 'Hourly', {
      description: "Takes over SES's own list (SE-03: read only)",
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(reconciler.lambda, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    this.#allowList(reconciler);
  }

  #publish(configurationSetName: string): void {
    const { partition, region, account } = Stack.of(this);
    new CfnConfigurationSetEventDestination(this, 'Events', {
      configurationSetName,
      eventDestination: {
        name: 'account-bus',
        enabled: true,
        matchingEventTypes: EVENT_TYPES,
        // SES publishes to the default bus only.
        eventBridgeDestination: { eventBusArn: `arn:${partition}:events:${region}:${account}:event-bus/default` },
      },
    });
  }

  #allowList(reconciler: HeedFunction): void {
    reconciler.allow({ actions: ['ses:ListSuppressedDestinations'], resources: ['*'] });
    acknowledge(
      reconciler,
      'IAM5[Resource::*]',
      'SES knows no resource for the list of the account: the action can be allowed for all or not at all.',
    );
  }
}
