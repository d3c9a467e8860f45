import type { MailKind } from '../../shared/domain/mail-kind.ts';
import type { ChoiceEffective } from '../../shared/domain/ports/event-bus.ts';
import type { MailOrder, TextOrder } from '../../shared/domain/ports/mail-queue.ts';
import type { RequestType } from '../../shared/domain/request.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';

/** The mail that follows a new request whose `receipt` is pending, by its type. */
const MAIL_AFTER: Readonly<Partial<Record<RequestType, MailKind>>> = {
  'opt-out': 'receipt',
  'opt-in': 'opt-in',
  erasure: 'erasure',
  'preferences-link': 'preferences-link',
  complaint: 'complaint-received',
  'burst-undo': 'burst-undone',
};

export function mailAfter({ kind, after }: RegistryChange): MailKind | undefined {
  const isDue = kind === 'INSERT' && after.receipt === 'pending' && after.mailTo !== undefined;
  return isDue ? MAIL_AFTER[after.type as RequestType] : undefined;
}

/** A text came in and is confirmed by a text. */
export function asksForText({ kind, after }: RegistryChange): boolean {
  return kind === 'INSERT' && after.receipt === 'pending' && after.textTo !== undefined;
}

export function textOrder(change: RegistryChange): TextOrder {
  return { ...namesOf(change), receivedAt: String(change.after.receivedAt) };
}

export function becameEffective({ before, after }: RegistryChange): boolean {
  return after.state === 'effective' && before.state !== 'effective';
}

export function effectiveEvent(change: RegistryChange): ChoiceEffective {
  const { type, scopes, confirmedAt, receivedAt, until } = change.after;
  return {
    type: `${type}.effective` as ChoiceEffective['type'],
    ...namesOf(change),
    scopes: scopes as string[],
    at: String(confirmedAt ?? receivedAt),
    ...(typeof until === 'string' ? { until } : {}),
  };
}

// Only fields by name, never the image: queue and bus carry no personal data (DD-07).
export function namesOf({ after }: RegistryChange): Omit<MailOrder, 'kind'> {
  return { subjectKey: after.subjectKey, requestId: after.requestId } as Omit<MailOrder, 'kind'>;
}
