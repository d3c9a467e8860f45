import type { Deletions } from '../../shared/domain/ports/deletions.ts';
import type { EventBus } from '../../shared/domain/ports/event-bus.ts';
import type { MailQueue, TextQueue } from '../../shared/domain/ports/mail-queue.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import { isClassDeletion } from '../../shared/stream/class-deletion.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';
import { complaintMoved } from './complaint-events.ts';
import { eventsOfDeletion } from './deletion-events.ts';
import { openDeletion } from './open-deletion.ts';
import { asksForText, becameEffective, effectiveEvent, mailAfter, namesOf, textOrder } from './request-events.ts';
import { reviewOpened } from './review-events.ts';

export interface DispatchPorts {
  mailQueue: MailQueue;
  /** Absent where a stage has no number to send from. */
  textQueue?: TextQueue | undefined;
  eventBus: EventBus;
  deletions: Pick<Deletions, 'open'>;
  schedule: RetentionSchedule;
  /** How long the evidence of a deletion is kept. Whole days. */
  evidenceDays: number;
}

/** Tells the world what a change means. Everything after the write comes from here (design rule 6). Bears repeats. */
export function dispatch(ports: DispatchPorts) {
  return async (change: RegistryChange): Promise<void> => {
    if (change.itemType === 'review' && change.kind === 'INSERT') await ports.eventBus.publish(reviewOpened(change));
    if (isClassDeletion(change)) await openDeletion(ports, change);
    if (change.itemType === 'request') await tellOfRequest(ports, change);
    if (change.itemType === 'deletion') await tellOfDeletion(ports, change);
  };
}

async function tellOfRequest({ mailQueue, textQueue, eventBus }: DispatchPorts, change: RegistryChange): Promise<void> {
  const kind = mailAfter(change);
  if (kind !== undefined) await mailQueue.order({ kind, ...namesOf(change) });
  if (asksForText(change)) await textQueue?.order(textOrder(change));
  if (becameEffective(change)) await eventBus.publish(effectiveEvent(change));
  const moved = complaintMoved(change);
  if (moved !== undefined) await eventBus.publish(moved);
}

async function tellOfDeletion({ eventBus }: DispatchPorts, change: RegistryChange): Promise<void> {
  for (const event of eventsOfDeletion(change)) await eventBus.publish(event);
}
