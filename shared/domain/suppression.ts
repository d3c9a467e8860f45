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
 * Decides about one scope: an opt-out that covers it stands unless a newer opt-in lifts it, and of those that stand the newest is named.
 * A choice under a name that we cannot read counts as an opt-out of everything: deny when the proof is absent.
 */
export function decide(choices: Choices, asked: Scope): Decision {
  const about = Object.entries(choices)
    .map(named)
    .filter(({ scope, choice }) => isAbout(scope, choice, asked));
  const standing = about
    .filter(({ choice }) => choice.state === 'opted-out')
    .filter((optOut) => !about.some((other) => lifts(other, optOut)));
  const [first, ...others] = standing;
  if (first === undefined) return { isSuppressed: false };
  const newest = others.reduce((a, b) => (isStronger(b.choice, a.choice) ? b : a), first);
  return { isSuppressed: true, scope: newest.name, since: newest.choice.since };
}

interface NamedChoice {
  name: ScopeName;
  /** `undefined` for a name that we cannot read. */
  scope: Scope | undefined;
  choice: Choice;
}

function named([name, choice]: [string, Choice]): NamedChoice {
  return { name: name as ScopeName, scope: parseScope(name), choice };
}

function isAbout(scope: Scope | undefined, choice: Choice, asked: Scope): boolean {
  return scope === undefined ? choice.state === 'opted-out' : covers(scope, asked);
}

// An opt-in lifts an opt-out of the same scope, or makes an exception within a broader one. It never reaches a narrower opt-out, which was
// a choice of its own: whoever undoes "everything" did not speak of the newsletter that they had stopped before.
function lifts(optIn: NamedChoice, optOut: NamedChoice): boolean {
  if (optIn.choice.state !== 'opted-in' || optIn.scope === undefined || optOut.scope === undefined) return false;
  return covers(optOut.scope, optIn.scope) && optIn.choice.since > optOut.choice.since;
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

function isStronger(a: Choice, b: Choice): boolean {
  const difference = a.since.getTime() - b.since.getTime();
  return difference > 0 || (difference === 0 && a.state === 'opted-out');
}
