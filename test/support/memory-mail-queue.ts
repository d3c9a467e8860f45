import type { MailOrder, MailQueue } from '../../shared/domain/ports/mail-queue.ts';

/** {@link MailQueue} that keeps what was ordered, as the very text that a queue would carry. */
export interface MemoryMailQueue extends MailQueue {
  readonly orders: readonly MailOrder[];
  /** Message bodies, to be searched for what must not be in them. */
  readonly bodies: readonly string[];
}

export function memoryMailQueue(): MemoryMailQueue {
  const orders: MailOrder[] = [];
  const bodies: string[] = [];
  return {
    orders,
    bodies,
    order: async (order) => {
      orders.push(order);
      bodies.push(JSON.stringify(order));
    },
  };
}
