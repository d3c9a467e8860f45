import type { DomainEvent, EventBus, SealDue } from '../../shared/domain/ports/event-bus.ts';

/** {@link EventBus} that keeps what was published. */
export interface MemoryEventBus extends EventBus {
  readonly events: readonly (DomainEvent | SealDue)[];
}

export function memoryEventBus(): MemoryEventBus {
  const events: (DomainEvent | SealDue)[] = [];
  return {
    events,
    publish: async (event) => {
      events.push(event);
    },
  };
}
