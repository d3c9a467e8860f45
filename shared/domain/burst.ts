import { derivedId } from './derived-id.ts';
import type { Manner, Request } from './request.ts';
import type { SourceKey } from './source.ts';

/** `bur_` and 26 letters and digits. */
export type BurstId = `bur_${string}`;

/**
 * Manners that a button of our pages gives. One-click is none: mailbox providers send it, from few networks, for people who want it, and it
 * must never count.
 */
export const PAGE_MANNERS = ['form', 'link-page', 'preference-page'] as const satisfies readonly Manner[];

/** A stop that came from a button of a public page. */
export type Press = Request & { source: SourceKey };

/** When presses are taken for those of a program. */
export interface BurstRule {
  /** At least so many different people, from one network. */
  subjects: number;
  /** Within so many minutes. */
  minutes: number;
}

export const DEFAULT_BURSTS: BurstRule & { days: number } = { subjects: 10, minutes: 10, days: 7 };

/** Presses that a program seems to have made: of one network, each within reach of enough others. */
export interface Burst {
  burstId: BurstId;
  /** In the order in which they came; never empty. */
  presses: readonly [Press, ...Press[]];
}

/** Whether a request may be part of a burst. */
export function isPress(request: Request): request is Press {
  const isStop = request.status.type === 'opt-out' || request.status.type === 'pause';
  return isStop && request.source !== undefined && PAGE_MANNERS.some((manner) => manner === request.manner);
}

/**
 * The bursts among these requests, in whatever order they come: per network, every stretch of `minutes` that holds enough different people;
 * stretches that share a press are one burst. Its id is that of its first press, so that it keeps it while it goes on.
 */
export function findBursts(requests: readonly Request[], rule: BurstRule): Burst[] {
  const bySource = Map.groupBy(requests.filter(isPress).toSorted(inOrder), ({ source }) => source);
  return [...bySource.values()].flatMap((presses) => burstsOf(presses, rule));
}

/** Presses that staff have not gone through yet. */
export function openPresses({ presses }: Burst): Press[] {
  return presses.filter(({ burstId }) => burstId === undefined);
}

function burstsOf(presses: readonly Press[], rule: BurstRule): Burst[] {
  const bursts: [Press, ...Press[]][] = [];
  let taken = 0;
  for (const { start, end } of crowdedStretches(presses, rule)) {
    const [first, ...others] = presses.slice(Math.max(start, taken), end);
    if (first === undefined) continue;
    const last = bursts.at(-1);
    if (last !== undefined && start < taken) last.push(first, ...others);
    else bursts.push([first, ...others]);
    taken = end;
  }
  return bursts.map(([first, ...others]) => ({
    burstId: derivedId('bur_', first.source, first.requestId),
    presses: [first, ...others],
  }));
}

/** Stretches `[start, end)` with enough people in them, by growing end. */
function* crowdedStretches(presses: readonly Press[], { subjects, minutes }: BurstRule) {
  const counts = new Map<string, number>();
  let start = 0;
  for (const [index, { subjectKey, receivedAt }] of presses.entries()) {
    counts.set(subjectKey, (counts.get(subjectKey) ?? 0) + 1);
    for (let oldest = presses[start]; oldest !== undefined && isOutside(oldest, receivedAt, minutes); ) {
      forget(counts, oldest.subjectKey);
      start += 1;
      oldest = presses[start];
    }
    if (counts.size >= subjects) yield { start, end: index + 1 };
  }
}

function isOutside(press: Press, now: Date, minutes: number): boolean {
  return now.getTime() - press.receivedAt.getTime() > minutes * 60_000;
}

function forget(counts: Map<string, number>, subjectKey: string): void {
  const left = (counts.get(subjectKey) ?? 0) - 1;
  if (left > 0) counts.set(subjectKey, left);
  else counts.delete(subjectKey);
}

function inOrder(a: Press, b: Press): number {
  const difference = a.receivedAt.getTime() - b.receivedAt.getTime();
  return difference || (a.requestId < b.requestId ? -1 : 1);
}
