import type { DomainEvent, EventBus } from '../../shared/domain/ports/mail-queue.ts';

/** {@link EventBus} that keeps what was published. */
export interface MemoryEventBus extends EventBus {
  readonly events: readonly DomainEvent[];
}

export function memoryEventBus(): MemoryEventBus {
  const events: DomainEvent[] = [];
  return {
    events,
    publish: async (event) => {
      events.push(event);
    },
  };
}
