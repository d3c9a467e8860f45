import { describe, expect, it } from 'vitest';
import { orderPreferencesLink } from '../../functions/order-preferences-link/order-preferences-link.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { countingRequestIds, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

function setUp() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const ports = { ...registry, ...testKeyRing(), newRequestId: countingRequestIds(), now: clock.now };
  const ask = (address: string, isSuspect = false) =>
    orderPreferencesLink(ports)({ identifier: identify(address), locale: 'en', isSuspect });
  return { ...registry, ask };
}

describe('orderPreferencesLink', () => {
  it('writes one item that holds the address for days only, and changes no choice', async () => {
    const { ask, table } = setUp();
    await ask('jane@example.org');
    const [item, ...others] = table.items();
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      type: 'preferences-link',
      state: 'asked',
      mailTo: 'jane@example.org',
      receipt: 'pending',
      scopes: [],
    });
    expect(item?.expiresAt).toBe(Math.ceil(new Date('2026-11-28T07:15:30.250Z').getTime() / 1000));
  });

  it('does the very same for an address that is known (EM-10)', async () => {
    const [unknown, known] = [setUp(), setUp()];
    await known.optOuts.record(sampleOptOut({ requestId: 'req_before' }));
    await unknown.ask('jane@example.org');
    await known.ask('jane@example.org');
    expect(known.table.changes().at(-1)?.after).toEqual(unknown.table.changes().at(-1)?.after);
  });

  it.each(['+49 30 123456', 'jäne@example.org'])('takes %s, and no mail will follow', async (address) => {
    const { ask, table } = setUp();
    await ask(address);
    expect(table.items()).toMatchObject([{ receipt: 'none' }]);
    expect(table.items()[0]).not.toHaveProperty('mailTo');
  });

  it('notes that a robot may have asked', async () => {
    const { ask, table } = setUp();
    await ask('jane@example.org', true);
    expect(table.items()).toMatchObject([{ isSuspect: true, receipt: 'pending' }]);
  });
});
