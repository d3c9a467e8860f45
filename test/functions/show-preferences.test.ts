import { describe, expect, it } from 'vitest';
import { showPreferences } from '../../functions/show-preferences/show-preferences.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';
import { OTHER_SECRET, ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

async function setUp({ secret, lists = ['weekly'] }: { secret?: string; lists?: string[] } = {}) {
  const registry = memoryRegistry();
  await registry.optOuts.record(sampleOptOut({ scopes: ['email:marketing:weekly' as ScopeName] }));
  const before = registry.table.items();
  const show = showPreferences({ ...testKeyRing(secret), ...registry, now: testClock().now, lists });
  return { ...registry, show, before };
}

const { links } = testKeyRing();
const identifier = identify('jane@example.org');
const token = () => links.seal({ use: 'preferences', identifier, locale: 'de' });

describe('showPreferences', () => {
  it("shows the choices of the link's address, which it masks, and changes nothing", async () => {
    const { show, table, before } = await setUp();
    const shown = await show(await token());
    expect(shown).toMatchObject({
      maskedAddress: 'j•••@e•••.org',
      isEverythingStopped: false,
      canBeMailed: true,
      locale: 'de',
    });
    const stopped = shown?.preferences.filter(({ standing }) => standing.state === 'stopped');
    expect(stopped?.map(({ scope }) => scope)).toEqual(['email:marketing:weekly']);
    expect(JSON.stringify(shown)).not.toContain('jane');
    expect(table.items()).toEqual(before);
  });

  it('opens by an unsubscribe link of the same address, whatever it stops', async () => {
    const { show } = await setUp();
    const scope = 'sms:marketing' as ScopeName;
    const shown = await show(await links.seal({ use: 'unsubscribe', identifier, scope, campaign: 'spring' }));
    expect(shown?.maskedAddress).toBe('j•••@e•••.org');
  });

  it('finds choices of before a rotation (GD-10)', async () => {
    const { show } = await setUp({ secret: ROTATED_SECRET });
    const shown = await show(await token());
    expect(shown?.preferences.some(({ standing }) => standing.state === 'stopped')).toBe(true);
  });

  it('shows a list that is gone as stopped', async () => {
    const { show } = await setUp({ lists: [] });
    const shown = await show(await token());
    expect(shown?.preferences).toContainEqual(
      expect.objectContaining({ scope: 'email:marketing:weekly', isEnded: true }),
    );
  });

  it('opens by nothing else: a receipt, a stranger’s link, a changed one', async () => {
    const { show } = await setUp();
    const { subjectKey, requestId } = sampleOptOut();
    expect(await show(await links.seal({ use: 'receipt', subjectKey, requestId }))).toBeUndefined();
    const stranger = testKeyRing(OTHER_SECRET).links;
    expect(await show(await stranger.seal({ use: 'preferences', identifier }))).toBeUndefined();
    expect(await show(`${await token()}A`)).toBeUndefined();
    expect(await show('')).toBeUndefined();
  });

  it('knows that a phone number takes no mail', async () => {
    const { show } = await setUp();
    const phone = await links.seal({ use: 'preferences', identifier: identify('+49 30 123456') });
    expect(await show(phone)).toMatchObject({ canBeMailed: false });
  });
});
