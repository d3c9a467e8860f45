import { type Burst, type BurstRule, openPresses } from '../../shared/domain/burst.ts';
import type { SourcedRequests } from '../../shared/domain/ports/bursts.ts';
import { recentBursts } from '../../shared/domain/recent-bursts.ts';
import type { BurstList } from '../../shared/http/schemas/bursts.ts';

export interface ListBurstsPorts {
  sourced: SourcedRequests;
  now: () => Date;
  rule: BurstRule & { days: number };
}

/** More than staff can go through, and less than an answer can hold (6 MB). */
const MOST_BURSTS = 100;

type ListedBurst = BurstList['bursts'][number];

/** Presses that a program seems to have made, the newest burst first. */
export function listBursts({ sourced, now, rule }: ListBurstsPorts) {
  return async (): Promise<ListedBurst[]> =>
    (await recentBursts(sourced, rule, now())).slice(0, MOST_BURSTS).map(toListed);
}

function toListed(burst: Burst): ListedBurst {
  const { burstId, presses } = burst;
  const open = openPresses(burst);
  const [first] = presses;
  return {
    id: burstId,
    from: first.receivedAt.toISOString(),
    to: (presses.at(-1) ?? first).receivedAt.toISOString(),
    requests: presses.length,
    subjects: distinct(presses.map(({ subjectKey }) => subjectKey)).length,
    manners: distinct(presses.map(({ manner }) => manner)) as ListedBurst['manners'],
    scopes: distinct(presses.flatMap(({ scopes }) => scopes)),
    state: open.length === 0 ? 'undone' : 'open',
    left: distinct(open.map(({ subjectKey }) => subjectKey)).length,
    undoneBy: distinct(presses.flatMap(({ undoneBy }) => undoneBy ?? [])),
  };
}

function distinct<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1));
}
