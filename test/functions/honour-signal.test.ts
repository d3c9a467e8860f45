import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { honourSignal } from '../../functions/honour-signal/honour-signal.ts';
import { PROFILE_PATTERN, profileName } from '../../shared/domain/profile.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { OptOutName } from '../../shared/domain/subject.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { countingRequestIds, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const JANE = identify('jane@example.org');
const SALE = { channel: 'email', purpose: 'sale-share' } as const;
const MARKETING = { channel: 'email', purpose: 'marketing' } as const;

function setUp() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const { subjectKeys } = testKeyRing();
  const ports = { ...registry, subjectKeys, newRequestId: countingRequestIds(), now: clock.now, requestDays: 760 };
  const honour = honourSignal(ports);
  const visit = (identifier: OptOutName) => honour({ identifier, locale: 'en', site: 'shop' });
  const isSuppressed = async (name: OptOutName, scope: typeof SALE | typeof MARKETING) =>
    decide(await registry.suppressions.read(subjectKeys.all(name)), scope, clock.now()).isSuppressed;
  return { ...registry, clock, visit, isSuppressed };
}

describe('honourSignal', () => {
  it.each([JANE, identify('+49 30 123456'), profileName('v-81f0c3')])(
    'opts $kind out of sale and sharing in one write, with the signal as evidence (CC-12)',
    async (name) => {
      const { visit, isSuppressed, table } = setUp();
      await visit(name);
      expect(await isSuppressed(name, SALE)).toBe(true);
      const [suppression, request] = table.changes();
      expect(suppression?.after['scope#any:sale-share']).toMatchObject({ state: 'opted-out', manner: 'gpc' });
      expect(request?.after).toMatchObject({ manner: 'gpc', state: 'effective', site: 'shop', receipt: 'none' });
      expect(JSON.stringify(table.items())).not.toContain(name.canonical);
    },
  );

  it('leaves mail marketing alone (GP-05)', async () => {
    const { visit, isSuppressed } = setUp();
    await visit(JANE);
    expect(await isSuppressed(JANE, MARKETING)).toBe(false);
  });

  it('writes once for a thousand visits (GP-06)', async () => {
    const { visit, table, clock } = setUp();
    for (let count = 0; count < 1000; count += 1) {
      await visit(JANE);
      clock.pass(1);
    }
    expect(table.changes()).toHaveLength(2);
  });

  it.each([
    ['nothing for whoever opted out by a program of a site', 'api', 2],
    ['once for whoever opted out by the form: a program may have pressed its button', 'form', 4],
  ] as const)('writes %s', async (_, manner, changes) => {
    const { visit, optOuts, table } = setUp();
    await optOuts.record(sampleOptOut({ manner }));
    await visit(JANE);
    await visit(JANE);
    expect(table.changes()).toHaveLength(changes);
  });

  it('wins over an earlier opt-in, whose record stays beside its own (CC-13)', async () => {
    const { visit, isSuppressed, table, clock } = setUp();
    await visit(JANE);
    const item = table.items().find(({ sk }) => sk === 'SUPPRESSION');
    const optedIn = { state: 'opted-in', since: clock.now().toISOString(), requestId: 'req_in', manner: 'undo-link' };
    const lift = { 'scope#any:sale-share': optedIn, lastOptIn: optedIn.since };
    const key = { pk: item?.pk, sk: item?.sk } as never;
    table.transact([{ key, apply: (before: object = {}) => ({ ...before, ...lift }) } as never]);
    expect(await isSuppressed(JANE, SALE)).toBe(false);
    clock.pass(1);
    await visit(JANE);
    expect(await isSuppressed(JANE, SALE)).toBe(true);
    const conflict = table.changes().at(-2);
    expect(conflict?.before['scope#any:sale-share']).toMatchObject({ state: 'opted-in' });
    expect(conflict?.after['scope#any:sale-share']).toMatchObject({ state: 'opted-out', manner: 'gpc' });
  });
});

describe('a profile id', () => {
  it('keeps its case, and is nobody else: not even an address of the same letters', () => {
    const { subjectKeys } = testKeyRing();
    const names = [profileName('aB'), profileName('ab'), { kind: 'email', canonical: 'ab' } as const];
    expect(new Set(names.map((name) => subjectKeys.current(name))).size).toBe(3);
  });

  it('is no e-mail address and no number in international form', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 140 }), (text) => {
        if (!PROFILE_PATTERN.test(text)) return;
        expect(text).not.toMatch(/[@\s]|^\+/);
        expect(text.length).toBeLessThanOrEqual(128);
      }),
    );
    for (const id of ['jane@example.org', '+4930123456', '', 'a b', 'a'.repeat(129), 'ä'])
      expect(PROFILE_PATTERN.test(id)).toBe(false);
    for (const id of ['v-81f0c3', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'a'.repeat(128), 'GA1.2.34~x=='])
      expect(PROFILE_PATTERN.test(id)).toBe(true);
  });
});

it('is checked by its profile, in the order asked', async () => {
  const { checkProfiles } = await import('../../functions/check-suppression/check-profiles.ts');
  const { visit, suppressions, clock } = setUp();
  await visit(profileName('known'));
  const check = checkProfiles({ suppressions, subjectKeys: testKeyRing().subjectKeys, now: clock.now });
  expect(await check(SALE, ['other', 'known'])).toEqual([
    { profile: 'other', suppressed: false },
    { profile: 'known', suppressed: true, scope: 'any:sale-share' as ScopeName, since: expect.any(String) },
  ]);
  expect(await check(MARKETING, ['known'])).toEqual([{ profile: 'known', suppressed: false }]);
});
