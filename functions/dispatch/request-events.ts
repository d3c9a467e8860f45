import type { ChoiceEffective } from '../../shared/domain/ports/event-bus.ts';
import type { ReceiptOrder } from '../../shared/domain/ports/mail-queue.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';

export function asksForReceipt({ kind, after }: RegistryChange): boolean {
  return kind === 'INSERT' && after.receipt === 'pending';
}

export function becameEffective({ before, after }: RegistryChange): boolean {
  return after.state === 'effective' && before.state !== 'effective';
}

export function effectiveEvent(change: RegistryChange): ChoiceEffective {
  const { type, scopes, confirmedAt, receivedAt } = change.after;
  return {
    type: type === 'opt-in' ? 'opt-in.effective' : 'opt-out.effective',
    ...receiptOrder(change),
    scopes: scopes as string[],
    at: String(confirmedAt ?? receivedAt),
  };
}

// Only fields by name, never the image: queue and bus carry no personal data (DD-07).
export function receiptOrder({ after }: RegistryChange): ReceiptOrder {
  return { subjectKey: after.subjectKey, requestId: after.requestId } as ReceiptOrder;
}
