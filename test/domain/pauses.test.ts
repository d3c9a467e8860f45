import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAUSE_DAYS } from '../../shared/domain/policy.ts';
import { CHANNELS, covers, PURPOSES, parseScope, type Scope, scopeName } from '../../shared/domain/scope.ts';
import { type Choice, type Choices, decide, mergeChoices, pauseName } from '../../shared/domain/suppression.ts';

const DAY = 86_400_000;
const START = new Date('2026-11-23T10:00:00Z');
const day = (number: number) => new Date(START.getTime() + number * DAY);

/** What a person did on one day; the choices that stand after it are what the store makes of it: each name holds its newest. */
type Act = { scope: Scope; day: number } & ({ kind: 'opted-out' | 'opted-in' } | { kind: 'paused'; days: number });

function choicesAfter(acts: readonly Act[]): Choices {
  return mergeChoices([...acts].sort((a, b) => a.day - b.day).map(choiceOf));
}

function choiceOf(act: Act): Choices {
  const made = { since: day(act.day), requestId: `req_${act.day}`, manner: 'preference-page' } as const;
  if (act.kind !== 'paused') return { [scopeName(act.scope)]: { ...made, state: act.kind } };
  const pause: Choice = { ...made, state: 'paused', until: day(act.day + act.days) };
  return { [pauseName(scopeName(act.scope), act.days)]: pause };
}

const someScope: fc.Arbitrary<Scope> = fc.record(
  { channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...PURPOSES), list: fc.constantFrom('a', 'b') },
  { requiredKeys: ['channel', 'purpose'] },
);
const someDay = fc.integer({ min: 1, max: 200 });
const somePause: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('paused' as const),
  scope: someScope,
  day: someDay,
  days: fc.constantFrom(...PAUSE_DAYS),
});
const someChoice: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('opted-out' as const, 'opted-in' as const),
  scope: someScope,
  day: someDay,
});
const someActs = fc.array(fc.oneof(someChoice, somePause), { maxLength: 10 });
const marketing = parseScope('email:marketing') as Scope;

describe('a pause', () => {
  it('never makes a decision less suppressed, at any time, whatever was done before or after it', () => {
    fc.assert(
      fc.property(someActs, somePause, someScope, fc.integer({ min: 1, max: 300 }), (acts, pause, asked, at) => {
        const [without, paused] = [acts, [...acts, pause]].map((all) => decide(choicesAfter(all), asked, day(at)));
        expect(without?.isSuppressed && !paused?.isSuppressed).toBe(false);
      }),
    );
  });

  it('leaves a decision that an opt-out makes as it is, to the letter (CS-08)', () => {
    fc.assert(
      fc.property(fc.array(someChoice, { maxLength: 8 }), somePause, someScope, someDay, (acts, pause, asked, at) => {
        const without = decide(choicesAfter(acts), asked, day(at));
        fc.pre(without.isSuppressed);
        expect(decide(choicesAfter([...acts, pause]), asked, day(at))).toEqual(without);
      }),
    );
  });

  it('suppresses what it covers until its end, unless an opt-in follows', () => {
    fc.assert(
      fc.property(someActs, somePause, someScope, fc.integer({ min: 0, max: 89 }), (acts, pause, asked, later) => {
        fc.pre(pause.kind === 'paused' && later < pause.days && covers(pause.scope, asked));
        const before = acts.filter((act) => act.day < pause.day);
        const { isSuppressed } = decide(choicesAfter([...before, pause]), asked, day(pause.day + later));
        expect(isSuppressed).toBe(true);
      }),
    );
  });

  it('leaves no trace after its end: the decision is that of the same acts without pauses', () => {
    fc.assert(
      fc.property(someActs, someScope, (acts, asked) => {
        const after = day(200 + Math.max(...PAUSE_DAYS));
        const others = acts.filter(({ kind }) => kind !== 'paused');
        expect(decide(choicesAfter(acts), asked, after)).toEqual(decide(choicesAfter(others), asked, after));
      }),
    );
  });

  it('is not shortened by a shorter one that follows', () => {
    const long: Act = { kind: 'paused', scope: marketing, day: 1, days: 90 };
    const short: Act = { kind: 'paused', scope: marketing, day: 2, days: 30 };
    const standing = { isSuppressed: true, scope: 'email:marketing', since: day(1), until: day(91) };
    expect(decide(choicesAfter([long, short]), marketing, day(60))).toEqual(standing);
    expect(decide(choicesAfter([long, short]), marketing, day(91))).toEqual({ isSuppressed: false });
  });

  it('is lifted by a newer opt-in, and holds again when it is made anew', () => {
    const acts: Act[] = [
      { kind: 'paused', scope: marketing, day: 1, days: 90 },
      { kind: 'opted-in', scope: marketing, day: 5 },
    ];
    expect(decide(choicesAfter(acts), marketing, day(6))).toEqual({ isSuppressed: false });
    const anew: Act = { kind: 'paused', scope: marketing, day: 7, days: 30 };
    expect(decide(choicesAfter([...acts, anew]), marketing, day(8)).isSuppressed).toBe(true);
  });

  it('under a name that nobody can read pauses everything: deny when the proof is absent', () => {
    const [pause] = Object.values(choiceOf({ kind: 'paused', scope: marketing, day: 1, days: 30 }));
    const choices = { 'pause-30:pager:any': pause as Choice };
    expect(decide(choices, marketing, day(2)).isSuppressed).toBe(true);
    expect(decide(choices, marketing, day(31)).isSuppressed).toBe(false);
  });
});
