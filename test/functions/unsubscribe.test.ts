import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsubscribe } from '../../functions/unsubscribe/unsubscribe.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify } from '../support/sample-opt-out.ts';
import { countingRequestIds, testClock } from '../support/test-clock.ts';
import { OTHER_SECRET, ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

function setUp(secret?: string) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const ring = testKeyRing(secret);
  const { optOuts } = registry;
  const press = unsubscribe({ optOuts, ...ring, newRequestId: countingRequestIds(), now: clock.now, requestDays: 760 });
  const post = (token: string, manner: 'one-click' | 'link-page' = 'one-click') =>
    press({ token, manner, localeOf: (fromLink) => (fromLink === 'de' ? 'de' : 'en') });
  return { ...registry, ...ring, clock, post };
}

const link = (scope = 'email:marketing', more: { locale?: string; campaign?: string } = {}) =>
  testKeyRing().links.seal({
    use: 'unsubscribe',
    identifier: identify('jane@example.org'),
    scope: scope as ScopeName,
    ...more,
  });

describe('unsubscribe', () => {
  it('makes one POST the finished opt-out (X4, RF-06)', async () => {
    const { post, table } = setUp();
    const outcome = await post(await link('email:marketing', { locale: 'de', campaign: 'spring' }));
    const done = { scope: 'email:marketing', maskedAddress: 'j•••@e•••.org', locale: 'de' };
    expect(outcome).toEqual({ ...done, opensPreferences: true });
    const [suppression, request] = table.changes();
    expect(suppression?.after['scope#email:marketing']).toMatchObject({ state: 'opted-out', manner: 'one-click' });
    expect(request?.after).toMatchObject({ state: 'effective', manner: 'one-click', locale: 'de' });
  });

  it('stops the list that the link names, and says how it was asked', async () => {
    const { post, table } = setUp();
    await post(await link('email:marketing:weekly'), 'link-page');
    const attributes = Object.keys(table.changes()[0]?.after ?? {}).filter((name) => name.startsWith('scope#'));
    expect(attributes).toEqual(['scope#email:marketing:weekly']);
    expect(table.changes()[1]?.after.manner).toBe('link-page');
  });

  it('answers a repeat alike and writes nothing more (RF-06)', async () => {
    const { post, table, clock } = setUp();
    const token = await link();
    const first = await post(token);
    const items = table.items();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('one-click', 'link-page'), fc.nat(10_000), async (manner, hours) => {
        clock.pass(hours);
        expect(await post(token, manner)).toEqual(first);
        expect(table.items()).toEqual(items);
      }),
    );
    expect(table.changes()).toHaveLength(2);
  });

  it('stops again what was allowed again since, also by a choice about more', async () => {
    const { post, table, optOuts: _, effects, clock, subjectKeys } = setUp();
    await post(await link());
    clock.pass(1);
    // An opt-in of all marketing, in the two steps that it takes (CC-15).
    const base = {
      subjectKey: subjectKeys.current(identify('jane@example.org')),
      scopes: ['any:marketing' as ScopeName],
      locale: 'en',
      manner: 'undo-link',
    } as const;
    const times = { receivedAt: clock.now(), expiresAt: 1_900_000_000 as never };
    const undo = { ...base, ...times, tokenHash: 'undo', purpose: 'undo', requestId: 'req_1' } as const;
    const step2 = { ...undo, tokenHash: 'step2', purpose: 'opt-in', requestId: 'req_in' } as const;
    table.transact([
      {
        key: { pk: 'CONFIRMATION#undo', sk: 'CONFIRMATION' },
        apply: () => ({ purpose: 'undo', expiresAt: 1_900_000_000, version: 1 }),
      },
    ]);
    const optIn = {
      requestId: 'req_in',
      status: { type: 'opt-in', state: 'awaiting-confirmation' },
      policyVersion: 'x',
    } as const;
    const rest = { isSuspect: false, maskedAddress: '', receipt: 'none' } as const;
    expect(await effects.startOptIn(undo, step2, { ...base, ...times, ...optIn, ...rest })).toBe('done');
    expect(await effects.completeOptIn(step2, clock.now())).toBe('done');
    clock.pass(1);
    await post(await link());
    const stored = table.items().find(({ sk }) => sk === 'SUPPRESSION')?.['scope#email:marketing'];
    expect(stored).toMatchObject({ state: 'opted-out', since: clock.now().toISOString() });
  });

  it('writes nothing and claims nothing for any token that this ring did not seal (RF-06)', async () => {
    const { post, table } = setUp();
    const ours = testKeyRing().links;
    const receipt = await ours.seal({ use: 'receipt', subjectKey: 'k1.x' as never, requestId: 'req_1' });
    const foreign = await testKeyRing(OTHER_SECRET).links.seal({
      use: 'unsubscribe',
      identifier: identify('jane@example.org'),
      scope: 'email:marketing' as ScopeName,
    });
    for (const token of ['', 'x', receipt, foreign, (await link()).slice(0, -2)])
      expect(await post(token)).toBe('unknown-link');
    await fc.assert(
      fc.asyncProperty(fc.string(), async (token) => {
        expect(await post(token)).toBe('unknown-link');
      }),
    );
    expect(table.changes()).toEqual([]);
  });

  it('takes a link of before a rotation, and writes under the new key (CS-03, GD-10)', async () => {
    const { post, table, clock, subjectKeys } = setUp(ROTATED_SECRET);
    clock.pass(61 * 24);
    expect(await post(await link())).toMatchObject({ scope: 'email:marketing' });
    expect(table.changes()[1]?.after.subjectKey).toBe(subjectKeys.current(identify('jane@example.org')));
    expect(String(table.changes()[1]?.after.subjectKey)).toMatch(/^k2\./);
  });

  it('rejects when the store does, so that the client tries again (RF-06)', async () => {
    const down = () => Promise.reject(new Error('down'));
    const clock = testClock();
    const ports = { ...testKeyRing(), newRequestId: countingRequestIds(), now: clock.now, requestDays: 760 };
    const press = unsubscribe({ ...ports, optOuts: { record: down, recordUnlessInForce: down, recordOnce: down } });
    await expect(press({ token: await link(), manner: 'one-click', localeOf: () => 'en' })).rejects.toThrow('down');
  });
});
