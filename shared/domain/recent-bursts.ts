import { type Burst, type BurstRule, findBursts } from './burst.ts';
import type { SourcedRequests } from './ports/bursts.ts';
import type { Request } from './request.ts';

const DAY_MS = 86_400_000;

/** The bursts that began within the last whole days, the newest first. Reads the whole table, see {@link SourcedRequests}. */
export async function recentBursts(
  sourced: SourcedRequests,
  { days, ...rule }: BurstRule & { days: number },
  now: Date,
): Promise<Burst[]> {
  const began = now.getTime() - days * DAY_MS;
  const requests: Request[] = [];
  // A day more is read than told: a burst keeps the id of its first press while that slides out of what is told.
  for await (const request of sourced.list(new Date(began - DAY_MS), now)) requests.push(request);
  return findBursts(requests, rule)
    .filter(({ presses: [first] }) => first.receivedAt.getTime() >= began)
    .toSorted((a, b) => b.presses[0].receivedAt.getTime() - a.presses[0].receivedAt.getTime());
}
