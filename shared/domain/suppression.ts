import type { Manner, Request, RequestId } from './request.ts';
import { covers, parseScope, type Scope, type ScopeName } from './scope.ts';

/** One choice in force: the newest under its name. */
export type Choice = {
  since: Date;
  requestId: RequestId;
  manner: Manner;
} & (
  | { state: 'opted-out' | 'opted-in' }
  /** A person's own, dated wish. No opt-out has an end. */
  | { state: 'paused'; until: Date }
);

/**
 * All choices of one subject, by written scope; pauses stand beside them under a name of their own ({@link pauseName}), so that a pause can
 * never take the place of an opt-out. Has no end (CS-08) and survives erasure (GD-09).
 */
export type Choices = Readonly<Record<string, Choice>>;

/** The answer to "may this be sent?". `until`: only a pause stands in the way, and then it ends. */
export type Decision = { isSuppressed: false } | { isSuppressed: true; scope: ScopeName; since: Date; until?: Date };

/**
 * Name of a pause among the choices: `pause-30:any:marketing`. One for each length: a later pause of the same length ends later, so that
 * replacing the earlier one never shortens what somebody asked for.
 */
export function pauseName(scope: ScopeName, days: number): ScopeName {
  return `pause-${days}:${scope}` as ScopeName;
}

/** The choice that an opt-out or a pause makes, and the names under which it stands. */
export function stopOf({ status, scopes, receivedAt, requestId, manner }: Request): {
  names: readonly ScopeName[];
  choice: Choice;
} {
  const made = { since: receivedAt, requestId, manner };
  if (status.type !== 'pause') return { names: scopes, choice: { state: 'opted-out', ...made } };
  const { days, until } = status;
  return { names: scopes.map((scope) => pauseName(scope, days)), choice: { state: 'paused', until, ...made } };
}

/**
 * Decides about one scope: an opt-out, or a pause until its end, that covers it stands unless a newer opt-in lifts it. Of the opt-outs that
 * stand the newest is named; of pauses alone, the one that ends last. A choice under a name that we cannot read counts as an opt-out of
 * everything: deny when the proof is absent.
 */
export function decide(choices: Choices, asked: Scope, now: Date): Decision {
  const about = Object.entries(choices)
    .map(named)
    .filter(({ scope, choice }) => isAbout(scope, choice, asked) && !isOver(choice, now));
  const standing = about
    .filter(({ choice }) => choice.state !== 'opted-in')
    .filter((stop) => !about.some((other) => lifts(other, stop)));
  const [first, ...others] = standing;
  if (first === undefined) return { isSuppressed: false };
  const { name, choice } = others.reduce((a, b) => (standsOver(b.choice, a.choice) ? b : a), first);
  const end = choice.state === 'paused' ? { until: choice.until } : {};
  return { isSuppressed: true, scope: name, since: choice.since, ...end };
}

/** Whether it is an opt-out that stands in the way, and no mere pause, which ends. */
export function isForGood(decision: Decision): boolean {
  return decision.isSuppressed && decision.until === undefined;
}

function isOver(choice: Choice, now: Date): boolean {
  return choice.state === 'paused' && choice.until <= now;
}

function standsOver(a: Choice, b: Choice): boolean {
  if (a.state === 'paused' && b.state === 'paused') return a.until > b.until;
  return a.state === b.state ? isStronger(a, b) : b.state === 'paused';
}

interface NamedChoice {
  name: ScopeName;
  /** `undefined` for a name that we cannot read. */
  scope: Scope | undefined;
  choice: Choice;
}

function named([name, choice]: [string, Choice]): NamedChoice {
  const written = choice.state === 'paused' ? name.slice(name.indexOf(':') + 1) : name;
  return { name: written as ScopeName, scope: parseScope(written), choice };
}

function isAbout(scope: Scope | undefined, choice: Choice, asked: Scope): boolean {
  return scope === undefined ? choice.state !== 'opted-in' : covers(scope, asked);
}

// An opt-in lifts an opt-out or a pause of the same scope, or makes an exception within a broader one. It never reaches a narrower opt-out, which was
// a choice of its own: whoever undoes "everything" did not speak of the newsletter that they had stopped before.
function lifts(optIn: NamedChoice, stop: NamedChoice): boolean {
  if (optIn.choice.state !== 'opted-in' || optIn.scope === undefined || stop.scope === undefined) return false;
  return covers(stop.scope, optIn.scope) && optIn.choice.since > stop.choice.since;
}

/** Joins what is known of one person under several ring keys; the newer choice of a name wins. */
export function mergeChoices(all: readonly Choices[]): Choices {
  const merged: Record<string, Choice> = {};
  for (const [name, choice] of all.flatMap((choices) => Object.entries(choices))) {
    const known = merged[name];
    if (known === undefined || isStronger(choice, known)) merged[name] = choice;
  }
  return merged;
}

function isStronger(a: Choice, b: Choice): boolean {
  const difference = a.since.getTime() - b.since.getTime();
  return difference > 0 || (difference === 0 && a.state === 'opted-out');
}
