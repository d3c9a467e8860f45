import { type BurstRule, openPresses } from '../../shared/domain/burst.ts';
import type { SourcedRequests } from '../../shared/domain/ports/bursts.ts';
import { recentBursts } from '../../shared/domain/recent-bursts.ts';

export interface CountBurstsPorts {
  sourced: SourcedRequests;
  now: () => Date;
  rule: BurstRule & { days: number };
}

/** How many bursts wait for staff to look at them. */
export function countBursts({ sourced, now, rule }: CountBurstsPorts) {
  return async (): Promise<number> => {
    const bursts = await recentBursts(sourced, rule, now());
    return bursts.filter((burst) => openPresses(burst).length > 0).length;
  };
}
