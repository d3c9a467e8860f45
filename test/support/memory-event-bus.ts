import type { DomainEvent, EventBus, ReviewOpened, SealDue } from '../../shared/domain/ports/mail-queue.ts';

/** {@link EventBus} that keeps what was published. */
export interface MemoryEventBus extends EventBus {
  readonly events: readonly (DomainEvent | ReviewOpened | SealDue)[];
}

export function memoryEventBus(): MemoryEventBus {
  const events: (DomainEvent | ReviewOpened | SealDue)[] = [];
  return {
    events,
    publish: async (event) => {
      events.push(event);
    },
  };
}
