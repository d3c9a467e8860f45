import type { ClassDone, ClassExpired } from '../../shared/domain/ports/event-bus.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';

/** What a change of a deletion's evidence tells other systems: that it waits for them, and that all of them have followed. */
export function eventsOfDeletion({ kind, before, after }: RegistryChange): (ClassExpired | ClassDone)[] {
  const events: (ClassExpired | ClassDone)[] = [];
  if (kind === 'INSERT') events.push(expiredEvent(after));
  if (kind !== 'REMOVE' && isDone(after) && !(kind === 'MODIFY' && isDone(before))) events.push(doneEvent(after));
  return events;
}

type Attributes = RegistryChange['after'];

function isDone({ systems, acknowledgedBy }: Attributes): boolean {
  const acknowledged = new Set(acknowledgedBy as string[]);
  return (systems as string[]).every((system) => acknowledged.has(system));
}

// Only fields by name, never the image (DD-07).
function expiredEvent({ policyVersion, ...item }: Attributes): ClassExpired {
  const { subjectKey, deletionId, class: name, method, due, deletedAt, by, systems } = item;
  const facts = { subjectKey, deletionId, class: name, method, due, deletedAt, by, systems };
  const event = { type: 'contact.class.expired', ...facts } as ClassExpired;
  return policyVersion === undefined ? event : { ...event, policyVersion: String(policyVersion) };
}

function doneEvent({ subjectKey, deletionId, class: name }: Attributes): ClassDone {
  return { type: 'contact.class.done', subjectKey, deletionId, class: name } as ClassDone;
}
