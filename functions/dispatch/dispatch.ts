import type {
  DomainEvent,
  EventBus,
  MailQueue,
  ReceiptOrder,
  ReviewOpened,
} from '../../shared/domain/ports/mail-queue.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';

export interface DispatchPorts {
  mailQueue: MailQueue;
  eventBus: EventBus;
}

/** Tells the world what a change of a request or a review means. Everything after the write comes from here (design rule 6). Bears repeats. */
export function dispatch({ mailQueue, eventBus }: DispatchPorts) {
  return async (change: RegistryChange): Promise<void> => {
    if (change.itemType === 'review' && change.kind === 'INSERT') await eventBus.publish(reviewOf(change));
    if (change.itemType !== 'request') return;
    if (asksForReceipt(change)) await mailQueue.order(orderOf(change));
    if (becameEffective(change)) await eventBus.publish(eventOf(change));
  };
}

function asksForReceipt({ kind, after }: RegistryChange): boolean {
  return kind === 'INSERT' && after.receipt === 'pending';
}

function becameEffective({ before, after }: RegistryChange): boolean {
  return after.state === 'effective' && before.state !== 'effective';
}

function eventOf(change: RegistryChange): DomainEvent {
  const { type, scopes, confirmedAt, receivedAt } = change.after;
  return {
    type: type === 'opt-in' ? 'opt-in.effective' : 'opt-out.effective',
    ...orderOf(change),
    scopes: scopes as string[],
    at: String(confirmedAt ?? receivedAt),
  };
}

function reviewOf({ after }: RegistryChange): ReviewOpened {
  const { reviewId, kind, intents, subjectKey, receivedAt } = after;
  const review = { type: 'review.opened', reviewId, kind, intents, at: String(receivedAt) } as ReviewOpened;
  return subjectKey === undefined ? review : ({ ...review, subjectKey } as ReviewOpened);
}

// Only fields by name, never the image: queue and bus carry no personal data (DD-07).
function orderOf({ after }: RegistryChange): ReceiptOrder {
  return { subjectKey: after.subjectKey, requestId: after.requestId } as ReceiptOrder;
}
