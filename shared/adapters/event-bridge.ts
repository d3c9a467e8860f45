import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBus } from '../domain/ports/event-bus.ts';
import { EVENT_SOURCE } from '../names.ts';

/** {@link EventBus} on EventBridge. PutEvents answers 200 for an event that it did not take, so its count is checked. */
export function eventBridge(busName: string): EventBus {
  const client = new EventBridgeClient({});
  return {
    publish: async ({ type, ...detail }) => {
      const entry = { EventBusName: busName, Source: EVENT_SOURCE, DetailType: type, Detail: JSON.stringify(detail) };
      const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount > 0) throw new Error(`The bus refused the event: ${Entries[0]?.ErrorCode}`);
    },
  };
}
