import { type Burst, openPresses } from './burst.ts';
import { derivedId } from './derived-id.ts';
import { secondsAfter } from './epoch.ts';
import { POLICY_VERSION } from './policy.ts';
import type { PressedPerson, Settlement } from './ports/bursts.ts';
import type { Request, RequestId } from './request.ts';
import type { ScopeName } from './scope.ts';
import { stopOf } from './suppression.ts';

/** Who undoes a burst, and why. */
export interface UndoFacts {
  actor: string;
  /** The actor for where nothing can be forgotten. */
  actorKey: string;
  reason: string;
  now: Date;
  /** Whole days that records are kept. */
  requestDays: number;
}

/** A transaction takes a hundred actions: these many presses, and what follows from them. */
const PRESSES_AT_ONCE = 90;

/**
 * What undoing a burst means for one person of it: the presses that are dealt with, and the names under which what they stopped is put back.
 * Whatever the person stopped by another request, before, in between or since, stays stopped. `undefined`: nothing is left to do.
 */
export function settlementOf(burst: Burst, person: PressedPerson, facts: UndoFacts): Settlement | undefined {
  const known = new Map(person.requests.map((request) => [request.requestId, request]));
  const waiting = openPresses(burst)
    .flatMap(({ requestId }) => known.get(requestId) ?? [])
    .filter(({ burstId }) => burstId === undefined);
  const [first] = waiting;
  if (first === undefined) return undefined;
  const names = undoable(person, pressedIds(burst, person));
  const presses = waiting.slice(0, PRESSES_AT_ONCE).map(({ requestId }) => requestId);
  const isWhole = presses.length === waiting.length;
  const settlement = { burstId: burst.burstId, presses, isWhole, names, actor: facts.actor };
  return names.length === 0 ? settlement : { ...settlement, undo: undoRequest(settlement, { first, person, facts }) };
}

/** Presses of this burst, and of every other one that staff have gone through. */
function pressedIds({ presses }: Burst, { requests }: PressedPerson): ReadonlySet<RequestId> {
  const others = requests.filter(({ burstId, status }) => burstId !== undefined && status.type !== 'burst-undo');
  return new Set([...presses, ...others].map(({ requestId }) => requestId));
}

/** Names whose stop began with a press, was repeated by nothing else, and is still in force by a press. */
function undoable({ choices, began, requests }: PressedPerson, pressed: ReadonlySet<RequestId>): ScopeName[] {
  const names = Object.entries(choices).flatMap(([name, { state, requestId }]) =>
    state !== 'opted-in' && pressed.has(requestId) ? [name as ScopeName] : [],
  );
  return names.filter((name) => {
    const beginning = requests.find(({ requestId }) => requestId === began[name]);
    return (
      beginning !== undefined &&
      pressed.has(beginning.requestId) &&
      !requests.some((request) => !pressed.has(request.requestId) && repeats(request, name, beginning.receivedAt))
    );
  });
}

function repeats(request: Request, name: ScopeName, since: Date): boolean {
  const isStop = request.status.type === 'opt-out' || request.status.type === 'pause';
  return isStop && request.receivedAt >= since && stopOf(request).names.includes(name);
}

function undoRequest(
  { burstId, presses, names }: Settlement,
  { first, person, facts }: { first: Request; person: PressedPerson; facts: UndoFacts },
): Request {
  const { subjectKey, locale, maskedAddress } = first;
  const { actor, actorKey, reason, now, requestDays } = facts;
  return {
    // Made from what it undoes: who repeats the call writes it once.
    requestId: derivedId('req_', burstId, subjectKey, ...presses),
    subjectKey,
    status: { type: 'burst-undo', state: 'effective' },
    scopes: scopesOf(names, person),
    manner: 'burst-undo',
    receivedAt: now,
    policyVersion: POLICY_VERSION,
    locale,
    isSuspect: false,
    maskedAddress,
    ...(person.mailTo === undefined ? { receipt: 'none' } : { mailTo: person.mailTo, receipt: 'pending' }),
    burstId,
    undoneBy: actor,
    undoneByKey: actorKey,
    hasReason: true,
    intake: { actor, note: reason },
    expiresAt: secondsAfter(now, requestDays, 'days'),
  };
}

/** A pause stands under a name of its own; people know it by its scope. */
function scopesOf(names: readonly ScopeName[], { requests }: PressedPerson): ScopeName[] {
  const stopped = requests.flatMap((request) =>
    request.status.type === 'opt-out' || request.status.type === 'pause'
      ? stopOf(request).names.map((name, index) => [name, request.scopes[index]] as const)
      : [],
  );
  const scopeOf = new Map(stopped);
  return [...new Set(names.map((name) => scopeOf.get(name) ?? name))];
}
