import type { ComplaintState } from '../../shared/domain/complaint.ts';
import type { ComplaintMoved } from '../../shared/domain/ports/event-bus.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';
import { namesOf } from './request-events.ts';

/** What other systems learn of a complaint that came in or moved on; `undefined` when nothing of that kind happened. */
export function complaintMoved(change: RegistryChange): ComplaintMoved | undefined {
  const { before, after, at } = change;
  // At its end there is no `after`.
  if (after.type !== 'complaint' || after.state === before.state) return undefined;
  return { type: `complaint.${after.state as ComplaintState}`, ...namesOf(change), at: at.toISOString() };
}
