import { epochSeconds } from '../../shared/domain/epoch.ts';
import type { ExpiredItems } from '../../shared/domain/ports/expired-items.ts';

export interface SweepExpiredPorts {
  items: ExpiredItems;
  now: () => Date;
  /** How long TTL may be late before we delete ourselves (DD-01). Whole hours. */
  sweepAfterHours: number;
}

/** Deletes what TTL left overdue. An item whose end moves in between stays. Resolves with how many went. */
export function sweepExpired({ items, now, sweepAfterHours }: SweepExpiredPorts) {
  return async (): Promise<{ removed: number; kept: number }> => {
    const overdue = epochSeconds(Math.floor(now().getTime() / 1000) - sweepAfterHours * 3600);
    const swept = { removed: 0, kept: 0 };
    for await (const key of items.listEndedBefore(overdue)) swept[await items.remove(key, overdue)] += 1;
    return swept;
  };
}
