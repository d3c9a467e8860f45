import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, covers, PURPOSES, parseScope, type Scope, scopeName } from '../../shared/domain/scope.ts';
import { type Choice, type Choices, decide, mergeChoices } from '../../shared/domain/suppression.ts';

const scope = (name: string): Scope => {
  const parsed = parseScope(name);
  if (parsed === undefined) throw new Error('A test names a scope that is none');
  return parsed;
};
const NOW = new Date('2026-02-01T00:00:00Z');
const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const choice = (state: 'opted-out' | 'opted-in', day: number): Choice => ({
  state,
  since: at(day),
  requestId: `req_${day}`,
  manner: state === 'opted-out' ? 'form' : 'undo-link',
});
const out = (day: number) => choice('opted-out', day);
const back = (day: number) => choice('opted-in', day);
const isSuppressed = (choices: Choices, asked: string) => decide(choices, scope(asked), NOW).isSuppressed;

const someScope: fc.Arbitrary<Scope> = fc.record(
  { channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...PURPOSES), list: fc.constantFrom('a', 'b') },
  { requiredKeys: ['channel', 'purpose'] },
);
const someChoices: fc.Arbitrary<Choices> = fc.dictionary(
  fc.oneof(someScope.map(scopeName), fc.constant('from:the:future:1')),
  fc
    .tuple(fc.constantFrom('opted-out' as const, 'opted-in' as const), fc.integer({ min: 1, max: 20 }))
    .map(([state, day]) => choice(state, day)),
  { maxKeys: 8 },
);

describe('decide', () => {
  it('allows what nobody chose about', () => {
    expect(decide({}, scope('email:marketing'), NOW)).toEqual({ isSuppressed: false });
    expect(isSuppressed({ 'sms:marketing': out(1), 'email:marketing:daily': out(1) }, 'email:marketing')).toBe(false);
  });

  it('names the choice that decided, and since when', () => {
    expect(decide({ 'any:marketing': out(2), 'email:marketing': out(1) }, scope('email:marketing'), NOW)).toEqual({
      isSuppressed: true,
      scope: 'any:marketing',
      since: out(2).since,
    });
  });

  it('lets a newer opt-in lift what is as broad or broader, in any order of storing', () => {
    expect(isSuppressed({ 'any:marketing': out(1), 'email:marketing': back(2) }, 'email:marketing')).toBe(false);
    expect(isSuppressed({ 'email:marketing': back(2), 'any:marketing': out(3) }, 'email:marketing')).toBe(true);
    expect(isSuppressed({ 'any:marketing': out(3), 'email:marketing': back(2) }, 'email:marketing')).toBe(true);
  });

  it('keeps a narrower opt-out when a broader one is undone: it was a choice of its own', () => {
    const choices = { 'email:marketing:weekly': out(1), 'any:marketing': back(3) };
    expect(isSuppressed(choices, 'email:marketing:weekly')).toBe(true);
    expect(isSuppressed(choices, 'email:marketing:daily')).toBe(false);
  });

  it('lets an opt-out win a tie, in any order of storing', () => {
    expect(isSuppressed({ 'email:marketing': back(1), 'any:marketing': out(1) }, 'email:marketing')).toBe(true);
    expect(isSuppressed({ 'any:marketing': out(1), 'email:marketing': back(1) }, 'email:marketing')).toBe(true);
  });

  it('counts an opt-out under a name that it cannot read as one of everything', () => {
    expect(isSuppressed({ 'pager:marketing': out(1) }, 'email:sale-share:x')).toBe(true);
  });

  it('takes no permission from a name that it cannot read', () => {
    expect(isSuppressed({ 'any:marketing': out(1), 'pager:any': back(2) }, 'email:marketing')).toBe(true);
  });

  it('ends profiling with marketing, but not marketing with profiling (GD-02)', () => {
    expect(isSuppressed({ 'any:marketing': out(1) }, 'email:profiling')).toBe(true);
    expect(isSuppressed({ 'any:profiling': out(1) }, 'email:marketing')).toBe(false);
  });

  it('keeps one list stopped without stopping the others', () => {
    const choices = { 'email:marketing:weekly': out(1) };
    expect(isSuppressed(choices, 'email:marketing:weekly')).toBe(true);
    expect(isSuppressed(choices, 'email:marketing:daily')).toBe(false);
    expect(isSuppressed(choices, 'email:marketing')).toBe(false);
  });

  it('lets a newer opt-in make an exception for its own scope only', () => {
    const choices = { 'any:marketing': out(1), 'email:marketing:weekly': back(2) };
    expect(isSuppressed(choices, 'email:marketing:weekly')).toBe(false);
    expect(isSuppressed(choices, 'email:marketing')).toBe(true);
    expect(isSuppressed(choices, 'sms:marketing')).toBe(true);
  });

  it('suppresses whatever is covered by an opt-out newer than everything else', () => {
    fc.assert(
      fc.property(someChoices, someScope, someScope, (choices, broad, asked) => {
        fc.pre(covers(broad, asked));
        const decision = decide({ ...choices, [scopeName(broad)]: out(21) }, asked, NOW);
        expect(decision).toEqual({ isSuppressed: true, scope: scopeName(broad), since: out(21).since });
      }),
    );
  });

  it('never suppresses less after one more opt-out', () => {
    fc.assert(
      fc.property(someChoices, someScope, someScope, (choices, added, asked) => {
        const more = { ...choices, [scopeName(added)]: out(21) };
        expect(decide(choices, asked, NOW).isSuppressed && !decide(more, asked, NOW).isSuppressed).toBe(false);
      }),
    );
  });

  it('never lets an opt-in suppress', () => {
    fc.assert(
      fc.property(someChoices, someScope, (choices, asked) => {
        const optIns = Object.fromEntries(Object.entries(choices).filter(([, { state }]) => state === 'opted-in'));
        expect(decide(optIns, asked, NOW)).toEqual({ isSuppressed: false });
      }),
    );
  });
});

describe('mergeChoices', () => {
  it('joins nothing to nothing', () => {
    expect(mergeChoices([])).toEqual({});
    expect(mergeChoices([{}, {}])).toEqual({});
  });

  it('keeps the newer choice about a scope, whichever key it stands under (GD-10)', () => {
    const [older, newer] = [{ 'any:marketing': out(1), 'sms:any': back(1) }, { 'any:marketing': back(2) }];
    const joined = { 'any:marketing': back(2), 'sms:any': back(1) };
    expect(mergeChoices([older, newer])).toEqual(joined);
    expect(mergeChoices([newer, older])).toEqual(joined);
  });

  it('keeps the opt-out of two choices made at the same time', () => {
    expect(mergeChoices([{ 'any:any': back(1) }, { 'any:any': out(1) }])).toEqual({ 'any:any': out(1) });
    expect(mergeChoices([{ 'any:any': out(1) }, { 'any:any': back(1) }])).toEqual({ 'any:any': out(1) });
  });

  it('decides the same in every order of joining', () => {
    fc.assert(
      fc.property(fc.array(someChoices, { maxLength: 3 }), someScope, (all, asked) => {
        const decided = decide(mergeChoices(all), asked, NOW).isSuppressed;
        expect(decide(mergeChoices([...all].reverse()), asked, NOW).isSuppressed).toBe(decided);
      }),
    );
  });

  it('changes nothing of what it was given', () => {
    const given = { 'any:any': back(1) };
    mergeChoices([given, { 'any:any': out(2) }]);
    expect(given).toEqual({ 'any:any': back(1) });
  });
});
