import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../shared/domain/address.ts';

describe('canonicalAddress', () => {
  it('reads what holds an @ as an e-mail address', () => {
    expect(canonicalAddress(' Jane@Example.org')).toEqual({
      ok: true,
      identifier: { kind: 'email', canonical: 'jane@example.org' },
    });
  });

  it('reads digits as a phone number', () => {
    expect(canonicalAddress('(+1) 202 555 0123')).toEqual({
      ok: true,
      identifier: { kind: 'phone', canonical: '+12025550123' },
    });
  });

  it.each([
    ['', 'address.missing'],
    [' \t', 'address.missing'],
    ['jane.doe', 'address.syntax'],
    ['jane.doe1', 'address.syntax'],
    ['???', 'address.syntax'],
    ['jane@', 'email.syntax'],
    ['202 555 0123', 'phone.country-code-missing'],
    ['+1 800 FLOWERS', 'phone.syntax'],
  ])('refuses %j as %s and says what is accepted', (typed, code) => {
    const result = canonicalAddress(typed);
    expect(result).toMatchObject({ ok: false, problem: { code } });
    expect(!result.ok && result.problem.accepted).toMatch(/^an? (e-mail address|phone number) /);
  });
});
