import { secondsAfter } from '../../shared/domain/epoch.ts';
import { classDeletion } from '../../shared/stream/class-deletion.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';
import type { DispatchPorts } from './dispatch.ts';

/** Notes that a class was deleted, and which systems must follow by the schedule of now. */
export async function openDeletion(
  { deletions, schedule, evidenceDays }: DispatchPorts,
  change: RegistryChange,
): Promise<void> {
  const deletion = classDeletion(change);
  // A class that the schedule does not name any more: nobody is known who would have to follow.
  const { method = 'delete', systems = [] } = schedule.classes[deletion.class] ?? {};
  const expiresAt = secondsAfter(deletion.deletedAt, evidenceDays, 'days');
  await deletions.open({ ...deletion, method, systems, acknowledged: {}, expiresAt });
}
