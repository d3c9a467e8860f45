import { type Burst, type BurstRule, openPresses } from '../../shared/domain/burst.ts';
import { settlementOf, type UndoFacts } from '../../shared/domain/burst-undo.ts';
import type { PressedPeople, SourcedRequests } from '../../shared/domain/ports/bursts.ts';
import { recentBursts } from '../../shared/domain/recent-bursts.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import type { BurstUndoAnswer } from '../../shared/http/schemas/bursts.ts';

export interface UndoBurstPorts {
  sourced: SourcedRequests;
  people: PressedPeople;
  now: () => Date;
  rule: BurstRule & { days: number };
  /** Whole days that records are kept. */
  requestDays: number;
}

export type UndoAsked = { id: string } & Pick<UndoFacts, 'actor' | 'actorKey' | 'reason'>;

/** A read and a transaction each, one after the other, within the door's seconds. */
const PEOPLE_PER_CALL = 100;
/** Whoever chooses something just then is read anew so often; the next call tries again. */
const ATTEMPTS = 3;

/**
 * Puts back what a burst stopped, person by person, as far as one call comes; the next one goes on where this one stopped. A person's undo is
 * whole or not at all. `unknown`: there is no such burst among those of the last days.
 */
export function undoBurst(ports: UndoBurstPorts) {
  return async ({ id, ...why }: UndoAsked): Promise<'unknown' | BurstUndoAnswer> => {
    const { sourced, rule, now, requestDays } = ports;
    const burst = (await recentBursts(sourced, rule, now())).find(({ burstId }) => burstId === id);
    if (burst === undefined) return 'unknown';
    const waiting = [...new Set(openPresses(burst).map(({ subjectKey }) => subjectKey))];
    const outcomes: Outcome[] = [];
    for (const subjectKey of waiting.slice(0, PEOPLE_PER_CALL))
      outcomes.push(await undoFor(ports, { burst, subjectKey, facts: { ...why, now: now(), requestDays } }));
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
    const [putBack, kept] = [count('put-back'), count('kept')];
    const left = waiting.length - putBack - kept - count('nothing-left');
    return { id, state: left === 0 ? 'undone' : 'open', putBack, kept, left };
  };
}

/** `not-whole`: somebody chooses at this moment, or there are more presses than one transaction takes. */
type Outcome = 'put-back' | 'kept' | 'nothing-left' | 'not-whole';

async function undoFor(
  { people }: UndoBurstPorts,
  { burst, subjectKey, facts }: { burst: Burst; subjectKey: SubjectKey; facts: UndoFacts },
): Promise<Outcome> {
  let isPutBack = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const person = await people.read(subjectKey, facts.now);
    const settlement = settlementOf(burst, person, facts);
    if (settlement === undefined) return 'nothing-left';
    if ((await people.settle(person, settlement)) === 'changed-meanwhile') continue;
    isPutBack ||= settlement.undo !== undefined;
    if (settlement.isWhole) return isPutBack ? 'put-back' : 'kept';
  }
  return 'not-whole';
}
