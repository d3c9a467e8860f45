import { DEFAULT_OPT_OUT_SCOPES } from './policy.ts';
import { CHANNELS, parseScope, type Scope, type ScopeName, scopeName } from './scope.ts';
import { type Choices, decide } from './suppression.ts';

/** One thing about which a person can choose, and how it stands. */
export interface Preference {
  scope: ScopeName;
  /** `everything`: a choice about all channels at once, beside which the single ones stand. */
  group: 'messages' | 'lists' | 'data' | 'everything';
  standing: Standing;
  /** The list is none of the stage's any more. What was stopped stays stopped: a new name lifts nothing. */
  isEnded: boolean;
}

export type Standing = { state: 'open' } | { state: 'stopped'; since: Date } | { state: 'paused'; until: Date };

/**
 * All that a person can choose about: each channel, each of the stage's lists, each use of data, and whatever else they once chose about. A
 * list that has ended is there as long as it is stopped.
 */
export function preferences(choices: Choices, lists: readonly string[], now: Date): Preference[] {
  const chosen = Object.keys(choices).flatMap((name) => parseScope(name) ?? []);
  const scopes = new Map([...BASE, ...lists.map(ofList), ...chosen].map((scope) => [scopeName(scope), scope]));
  return [...scopes].map(([name, scope]) => preference(name, scope, { choices, lists, now })).filter(isShown);
}

/** Whether all that an opt-out without a scope stops is stopped for good. */
export function isEverythingStopped(choices: Choices, now: Date): boolean {
  return DEFAULT_OPT_OUT_SCOPES.flatMap((name) => parseScope(name) ?? []).every(
    (scope) => standing(choices, scope, now).state === 'stopped',
  );
}

export function standing(choices: Choices, scope: Scope, now: Date): Standing {
  const decision = decide(choices, scope, now);
  if (!decision.isSuppressed) return { state: 'open' };
  const { since, until } = decision;
  return until === undefined ? { state: 'stopped', since } : { state: 'paused', until };
}

const BASE: readonly Scope[] = [
  ...CHANNELS.filter((channel) => channel !== 'any').map((channel) => ({ channel, purpose: 'marketing' }) as const),
  { channel: 'any', purpose: 'sale-share' },
  { channel: 'any', purpose: 'profiling' },
];

function ofList(list: string): Scope {
  return { channel: 'email', purpose: 'marketing', list };
}

function preference(
  name: ScopeName,
  scope: Scope,
  { choices, lists, now }: { choices: Choices; lists: readonly string[]; now: Date },
): Preference {
  const isEnded = scope.list !== undefined && !lists.includes(scope.list);
  return { scope: name, group: groupOf(scope), standing: standing(choices, scope, now), isEnded };
}

// What was chosen once beyond the usual, and is open again, is nothing to choose about any more.
function isShown({ scope, group, standing: { state }, isEnded }: Preference): boolean {
  return state !== 'open' || (!isEnded && (group === 'lists' || BASE.some((base) => scopeName(base) === scope)));
}

function groupOf({ channel, purpose, list }: Scope): Preference['group'] {
  if (list !== undefined) return 'lists';
  if (purpose !== 'marketing' && purpose !== 'any') return 'data';
  return channel === 'any' ? 'everything' : 'messages';
}
