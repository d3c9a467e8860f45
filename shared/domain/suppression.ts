import type { Manner, RequestId } from './request.ts';
import { covers, parseScope, type Scope, type ScopeName } from './scope.ts';

/** One choice in force: the newest about its scope. */
export interface Choice {
  state: 'opted-out' | 'opted-in';
  since: Date;
  requestId: RequestId;
  manner: Manner;
}

/** All choices of one subject, by written scope. Has no end (CS-08) and survives erasure (GD-09). */
export type Choices = Readonly<Record<string, Choice>>;

/** The answer to "may this be sent?". */
export type Decision = { isSuppressed: false } | { isSuppressed: true; scope: ScopeName; since: Date };

/**
 * Decides about one scope: of all choices that cover it the newest wins, and an opt-out wins a tie.
 * A choice under a name that we cannot read counts as an opt-out of everything: deny when the proof is absent.
 */
export function decide(choices: Choices, asked: Scope): Decision {
  let newest: [name: string, choice: Choice] | undefined;
  for (const entry of Object.entries(choices)) {
    if (isAbout(entry, asked) && (newest === undefined || isStronger(entry[1], newest[1]))) newest = entry;
  }
  if (newest === undefined || newest[1].state === 'opted-in') return { isSuppressed: false };
  return { isSuppressed: true, scope: newest[0] as ScopeName, since: newest[1].since };
}

/** Joins what is known of one person under several ring keys; the newer choice about a scope wins. */
export function mergeChoices(all: readonly Choices[]): Choices {
  const merged: Record<string, Choice> = {};
  for (const [name, choice] of all.flatMap((choices) => Object.entries(choices))) {
    const known = merged[name];
    if (known === undefined || isStronger(choice, known)) merged[name] = choice;
  }
  return merged;
}

function isAbout([name, choice]: [string, Choice], asked: Scope): boolean {
  const scope = parseScope(name);
  return scope === undefined ? choice.state === 'opted-out' : covers(scope, asked);
}

function isStronger(a: Choice, b: Choice): boolean {
  const difference = a.since.getTime() - b.since.getTime();
  return difference > 0 || (difference === 0 && a.state === 'opted-out');
}
