import { describe, expect, expectTypeOf, it } from 'vitest';
import { MAIL_KINDS } from '../../shared/domain/mail-kind.ts';
import {
  DEFAULT_OPT_OUT_SCOPES,
  doNotAskBefore,
  EFFECT,
  LINK_HOURS,
  LINK_SCOPE,
  MAIL_GUARD_HOURS,
} from '../../shared/domain/policy.ts';
import type { Request } from '../../shared/domain/request.ts';
import { CHANNELS, covers, parseScope, scopeName } from '../../shared/domain/scope.ts';

type OptOutStatus = Extract<Request['status'], { type: 'opt-out' }>;

describe('the policy', () => {
  it('lets nothing stand between an opt-out and its effect (X1–X7)', () => {
    expect(EFFECT['opt-out'].waitsFor).toBe('nothing');
    expectTypeOf<(typeof EFFECT)['opt-out']['waitsFor']>().toEqualTypeOf<'nothing'>();
  });

  it('asks nothing for an opt-out but an address (CS-01)', () => {
    expect(EFFECT['opt-out'].requires).toEqual(['address']);
  });

  it('knows no opt-out that is pending: effective is its first and only state (X1–X7)', () => {
    expectTypeOf<OptOutStatus['state']>().toEqualTypeOf<'effective'>();
  });

  it('lets an opt-in wait for a second step (CC-15)', () => {
    expect(EFFECT['opt-in'].waitsFor).toBe('second step');
  });

  it('stops all marketing and all sale and sharing, in every channel, when no scope is named (CC-30)', () => {
    const defaults = DEFAULT_OPT_OUT_SCOPES.flatMap((name) => parseScope(name) ?? []);
    expect(defaults.map(scopeName)).toEqual(DEFAULT_OPT_OUT_SCOPES);
    for (const channel of CHANNELS) {
      for (const purpose of ['marketing', 'sale-share', 'profiling'] as const) {
        expect(defaults.some((scope) => covers(scope, { channel, purpose, list: 'any-list' }))).toBe(true);
      }
    }
  });

  it('reads a link without a list as one about e-mail marketing', () => {
    expect(scopeName(LINK_SCOPE)).toBe('email:marketing');
  });

  it('keeps links and the mail guard alive as long as EM-03 and EM-09 say', () => {
    expect(LINK_HOURS).toEqual({ 'confirm-mailbox': 672, undo: 672, 'opt-in': 24, erasure: 24 });
    expect(MAIL_GUARD_HOURS.receipt).toBe(24);
  });

  it.each([
    ['2026-11-23T10:00:00.000Z', '2027-11-23T10:00:00.000Z'],
    ['2028-02-29T10:00:00.000Z', '2029-03-01T10:00:00.000Z'],
  ])('lets nobody ask a person who opted out on %s before %s (CC-16)', (optedOut, expected) => {
    expect(doNotAskBefore(new Date(optedOut)).toISOString()).toBe(expected);
  });

  it('guards each kind of mail for some time (EM-09)', () => {
    for (const kind of MAIL_KINDS) expect(MAIL_GUARD_HOURS[kind]).toBeGreaterThanOrEqual(1);
  });
});
