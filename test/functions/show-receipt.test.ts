import { describe, expect, it } from 'vitest';
import { showReceipt } from '../../functions/show-receipt/show-receipt.ts';
import { requestKey, suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

async function setUp(scopes?: ScopeName[]) {
  const clock = testClock();
  const { optOuts, requests, suppressions, table } = memoryRegistry(clock.now);
  const optOut = sampleOptOut(scopes && { scopes });
  await optOuts.record(optOut);
  const { links } = testKeyRing();
  const token = await links.seal({ use: 'receipt', subjectKey: optOut.subjectKey, requestId: optOut.requestId });
  const allowAgain = (scope: ScopeName) => {
    const since = new Date(clock.now().getTime() + 1000).toISOString();
    const optIn = { state: 'opted-in', since, requestId: 'req_in', manner: 'undo-link' };
    table.transact([
      { key: suppressionKey(optOut.subjectKey), apply: (item) => ({ ...item, [`scope#${scope}`]: optIn }) },
    ]);
  };
  const show = showReceipt({ links, requests, suppressions, now: clock.now });
  return { show, token, optOut, clock, allowAgain, links, table };
}

describe('showReceipt', () => {
  it('shows what was asked, when, and that it holds (CC-10)', async () => {
    const { show, token, optOut } = await setUp();
    const { requestId, scopes, receivedAt, maskedAddress } = optOut;
    expect(await show(token)).toMatchObject({
      requestId,
      scopes,
      receivedAt,
      maskedAddress,
      state: 'effective',
      receipt: 'pending',
    });
  });

  it.each(['any:marketing', 'any:sale-share'])(
    'says lifted as soon as one of its scopes is open again: %s',
    async (scope) => {
      const { show, token, allowAgain } = await setUp();
      allowAgain(scope as ScopeName);
      expect(await show(token)).toMatchObject({ state: 'lifted' });
    },
  );

  it('says undone, and not that the person chose so, when staff put back what a program had pressed', async () => {
    const { show, token, optOut, table } = await setUp(['email:marketing' as ScopeName]);
    table.transact([
      { key: requestKey(optOut), apply: (item) => ({ ...item, burstId: 'bur_1', undoneBy: 'clerk-1' }) },
    ]);
    expect(await show(token)).toMatchObject({ state: 'effective' });
    const undone = { state: 'undone', since: '2026-11-24T00:00:00.000Z', requestId: 'req_undo', manner: 'burst-undo' };
    const key = suppressionKey(optOut.subjectKey);
    table.transact([{ key, apply: (item) => ({ ...item, 'scope#email:marketing': undone }) }]);
    expect(await show(token)).toMatchObject({ state: 'undone' });
  });

  it('stays effective when something else was allowed', async () => {
    const { show, token, allowAgain } = await setUp(['email:marketing' as ScopeName]);
    allowAgain('sms:marketing' as ScopeName);
    expect(await show(token)).toMatchObject({ state: 'effective' });
  });

  it('shows nothing once the record’s time is over, deleted or not (DD-02)', async () => {
    const { show, token, clock, table } = await setUp();
    clock.pass(760 * 24 - 1);
    expect(await show(token)).toBeDefined();
    clock.pass(1.001);
    expect(table.items()).toHaveLength(2);
    expect(await show(token)).toBeUndefined();
  });

  it('shows nothing for another use’s link, a broken one or an unknown record', async () => {
    const { show, token, links, optOut } = await setUp();
    const unsubscribe = await links.seal({
      use: 'unsubscribe',
      identifier: { kind: 'email', canonical: 'jane@example.org' },
      scope: 'email:marketing' as ScopeName,
    });
    const unknown = await links.seal({ use: 'receipt', subjectKey: optOut.subjectKey, requestId: 'req_other' });
    for (const other of [unsubscribe, token.slice(1), '', unknown]) expect(await show(other)).toBeUndefined();
  });

  it('changes nothing', async () => {
    const { show, token, table } = await setUp();
    const before = table.changes();
    await show(token);
    expect(table.changes()).toEqual(before);
  });
});
