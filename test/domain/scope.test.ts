import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHANNELS,
  covers,
  LIST_PATTERN,
  PURPOSES,
  parseScope,
  type Scope,
  scopeName,
} from '../../shared/domain/scope.ts';

const listName = fc.stringMatching(LIST_PATTERN);
const anyScope: fc.Arbitrary<Scope> = fc.record(
  { channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...PURPOSES), list: listName },
  { requiredKeys: ['channel', 'purpose'] },
);

describe('a written scope', () => {
  it('survives writing and reading', () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        expect(parseScope(scopeName(scope))).toEqual(scope);
      }),
    );
  });

  it('is read only as it is written: what parses prints back to itself', () => {
    const nearly = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom(...CHANNELS, ...PURPOSES, 'weekly', '', ' ', 'E'), { maxLength: 5 })
        .map((p) => p.join(':')),
    );
    fc.assert(
      fc.property(nearly, (text) => {
        const scope = parseScope(text);
        if (scope !== undefined) expect(scopeName(scope)).toBe(text);
      }),
    );
  });

  it.each([
    'email:marketing',
    'any:any',
    'sms:sale-share:weekly-offers',
    'post:profiling:a',
    `email:any:${'x'.repeat(64)}`,
  ])('reads %s', (text) => {
    expect(parseScope(text)).toBeDefined();
  });

  it.each([
    '',
    'email',
    'email:',
    ':marketing',
    'email:marketing:',
    'email:marketing:a:b',
    'Email:marketing',
    'email:transactional',
    'fax:marketing',
    ' email:marketing',
    'email:marketing\n',
    'email:marketing:list\n',
    'email:marketing:Weekly',
    'email:marketing:-weekly',
    'email:marketing:we ekly',
    `email:marketing:${'x'.repeat(65)}`,
    'toString:valueOf',
    '__proto__:marketing',
  ])('refuses %j', (text) => {
    expect(parseScope(text)).toBeUndefined();
  });
});

describe('covers', () => {
  const all = { channel: 'any', purpose: 'any' } as const;

  it('holds between a scope and itself, and any:any covers everything', () => {
    fc.assert(fc.property(anyScope, (scope) => covers(scope, scope) && covers(all, scope)));
  });

  it('is transitive, so that a choice about more always reaches the least', () => {
    fc.assert(
      fc.property(anyScope, anyScope, anyScope, (a, b, c) => !(covers(a, b) && covers(b, c)) || covers(a, c)),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['email:marketing', 'email:marketing:weekly'],
    ['any:marketing', 'sms:marketing'],
    ['any:sale-share', 'email:sale-share:partners'],
    ['email:any', 'email:sale-share'],
    ['email:marketing', 'email:profiling'],
    ['any:marketing', 'post:profiling:segments'],
  ])('%s decides about %s (GD-02: marketing ends its profiling, too)', (broad, narrow) => {
    expect(coversByName(broad, narrow)).toBe(true);
  });

  it.each([
    ['email:marketing:weekly', 'email:marketing'],
    ['email:marketing:weekly', 'email:marketing:daily'],
    ['email:marketing', 'sms:marketing'],
    ['email:marketing', 'any:marketing'],
    ['email:marketing', 'email:sale-share'],
    ['email:profiling', 'email:marketing'],
    ['any:sale-share', 'email:profiling'],
    ['any:marketing', 'any:any'],
  ])('%s says nothing about %s', (broad, narrow) => {
    expect(coversByName(broad, narrow)).toBe(false);
  });
});

function coversByName(broad: string, narrow: string): boolean {
  const [a, b] = [parseScope(broad), parseScope(narrow)];
  if (a === undefined || b === undefined) throw new Error('A test names a scope that is none');
  return covers(a, b);
}
