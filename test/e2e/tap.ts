import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../infra/local/clients.ts';
import type { Stack } from '../../infra/local/stack.ts';
import { EVENT_SOURCE } from '../../shared/names.ts';

const TAP = 'heed-e2e-tap';

/** Plays a system that listens to Heed's bus: everything published there stays in a queue, to be looked at. */
export async function tapEvents(stack: Stack): Promise<void> {
  const events = new EventBridgeClient(clientOptions(stack));
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand());
  const bus = EventBuses.find(({ Name }) => Name !== 'default')?.Name;
  if (bus === undefined) throw new Error('Heed has no event bus');
  await events.send(
    new PutRuleCommand({ Name: TAP, EventBusName: bus, EventPattern: JSON.stringify({ source: [EVENT_SOURCE] }) }),
  );
  const target = { Id: TAP, Arn: await makeQueue(new SQSClient(clientOptions(stack))) };
  await events.send(new PutTargetsCommand({ Rule: TAP, EventBusName: bus, Targets: [target] }));
}

async function makeQueue(sqs: SQSClient): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: TAP }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
}
