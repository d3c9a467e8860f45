import type { UnfinishedDeletions } from '../../shared/domain/ports/deletions.ts';

/** Time in which every system that is asked to follow a deletion is to say that it has. */
const ACKNOWLEDGED_WITHIN_HOURS = 48;

/** How many deletions wait longer for a system than they should. */
export function countUnacknowledged({ deletions, now }: { deletions: UnfinishedDeletions; now: () => Date }) {
  return async (): Promise<number> =>
    await deletions.countDeletedBefore(new Date(now().getTime() - ACKNOWLEDGED_WITHIN_HOURS * 3_600_000));
}
