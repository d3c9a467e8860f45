import { type EpochSeconds, epochSeconds } from '../../shared/domain/epoch.ts';
import type { ExpiredItems } from '../../shared/domain/ports/expired-items.ts';

export interface SweepExpiredPorts {
  /** Of each table whose items end. */
  tables: readonly ExpiredItems[];
  now: () => Date;
  /** How long TTL may be late before we delete ourselves (DD-01). Whole hours. */
  sweepAfterHours: number;
}

export interface Swept {
  removed: number;
  kept: number;
  /** How long after its end the most overdue of the removed items went. */
  lagSeconds: number;
}

/** Deletes what TTL left overdue. An item whose end moves in between stays. */
export function sweepExpired({ tables, now, sweepAfterHours }: SweepExpiredPorts) {
  return async (): Promise<Swept> => {
    const time = epochSeconds(Math.floor(now().getTime() / 1000));
    const overdue = epochSeconds(time - sweepAfterHours * 3600);
    const swept = { removed: 0, kept: 0, lagSeconds: 0 };
    for (const items of tables) await sweepTable(items, { time, overdue }, swept);
    return swept;
  };
}

async function sweepTable(
  items: ExpiredItems,
  { time, overdue }: Record<'time' | 'overdue', EpochSeconds>,
  swept: Swept,
): Promise<void> {
  for await (const { expiresAt, ...key } of items.listEndedBefore(overdue)) {
    const outcome = await items.remove(key, overdue);
    swept[outcome] += 1;
    if (outcome === 'removed') swept.lagSeconds = Math.max(swept.lagSeconds, time - expiresAt);
  }
}
