import { describe, expect, it, vi } from 'vitest';
import { checkSuppression } from '../../functions/check-suppression/check-suppression.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';
import { ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const EMAIL = { channel: 'email', purpose: 'marketing' } as const;
const SINCE = '2026-11-23T07:15:30.250Z';
const AFTER_A_YEAR = '2027-11-23T07:15:30.250Z';

async function setUp(secret?: string) {
  const { optOuts, suppressions } = memoryRegistry();
  await optOuts.record(sampleOptOut());
  await optOuts.record(
    sampleOptOut({ address: '+49 30 123456', scopes: ['sms:marketing' as ScopeName], requestId: 'req_2' }),
  );
  const read = vi.spyOn(suppressions, 'read');
  const readMany = vi.spyOn(suppressions, 'readMany');
  const clock = testClock();
  const check = checkSuppression({ suppressions, subjectKeys: testKeyRing(secret).subjectKeys, now: clock.now });
  return { check, read, readMany, optOuts, clock };
}

describe('checkSuppression', () => {
  it('answers in the order asked, each address as it was written', async () => {
    const { check } = await setUp();
    expect(
      await check(EMAIL, [
        'john@example.org',
        ' JANE@EXAMPLE.ORG',
        'john@example.org',
        'jane@example.org',
        '+4930123456',
      ]),
    ).toEqual([
      { address: 'john@example.org', suppressed: false },
      {
        address: ' JANE@EXAMPLE.ORG',
        suppressed: true,
        scope: 'any:marketing',
        since: SINCE,
        doNotAskBefore: AFTER_A_YEAR,
      },
      { address: 'john@example.org', suppressed: false },
      {
        address: 'jane@example.org',
        suppressed: true,
        scope: 'any:marketing',
        since: SINCE,
        doNotAskBefore: AFTER_A_YEAR,
      },
      { address: '+4930123456', suppressed: false },
    ]);
  });

  it('decides about the scope that was asked', async () => {
    const { check } = await setUp();
    const asked = { channel: 'sms', purpose: 'marketing' } as const;
    expect(await check(asked, ['+49 30 123456'])).toMatchObject([{ suppressed: true, scope: 'sms:marketing' }]);
  });

  it('says "do not send" for what is no address, and why, and still answers the rest', async () => {
    const { check } = await setUp();
    expect(await check(EMAIL, ['nobody', 'jane@', 'john@example.org'])).toEqual([
      { address: 'nobody', suppressed: true, problem: 'address.syntax' },
      { address: 'jane@', suppressed: true, problem: 'email.syntax' },
      { address: 'john@example.org', suppressed: false },
    ]);
    expect(await check(EMAIL, ['nobody'])).toMatchObject([{ suppressed: true }]);
  });

  it('reads one person by one read, and many by one question', async () => {
    const { check, read, readMany } = await setUp();
    await check(EMAIL, ['jane@example.org']);
    expect([read.mock.calls.length, readMany.mock.calls.length]).toEqual([1, 0]);
    await check(EMAIL, ['jane@example.org', 'john@example.org']);
    expect([read.mock.calls.length, readMany.mock.calls.length]).toEqual([1, 1]);
  });

  it('finds opt-outs of before a rotation (GD-10)', async () => {
    const { check } = await setUp(ROTATED_SECRET);
    expect(await check(EMAIL, ['jane@example.org'])).toMatchObject([{ suppressed: true }]);
    expect(await check(EMAIL, ['john@example.org', 'jane@example.org'])).toMatchObject([
      { suppressed: false },
      { suppressed: true },
    ]);
  });

  it('answers nothing, rather than guess, when the store does not (EM-14)', async () => {
    const down = () => Promise.reject(new Error('down'));
    const suppressions: Suppressions = { read: down, readMany: down };
    const check = checkSuppression({ suppressions, subjectKeys: testKeyRing().subjectKeys, now: testClock().now });
    await expect(check(EMAIL, ['jane@example.org'])).rejects.toThrow('down');
    await expect(check(EMAIL, ['jane@example.org', 'nobody'])).rejects.toThrow('down');
  });

  it('names the day before which nobody may be asked to come back: 12 months on, not 364 days (CC-16)', async () => {
    const { check } = await setUp();
    const [result] = await check(EMAIL, ['jane@example.org']);
    expect(result).toMatchObject({ suppressed: true, since: SINCE, doNotAskBefore: AFTER_A_YEAR });
    const after364Days = new Date(new Date(SINCE).getTime() + 364 * 86_400_000).toISOString();
    expect(String(result?.doNotAskBefore) > after364Days).toBe(true);
  });

  it('says until when a pause holds, and lets sending go on at that very moment', async () => {
    const { check, optOuts, clock } = await setUp();
    const until = new Date('2026-12-23T07:15:30.250Z');
    await optOuts.record({
      ...sampleOptOut({ address: 'john@example.org', scopes: ['any:marketing' as ScopeName], requestId: 'req_3' }),
      status: { type: 'pause', state: 'effective', days: 30, until },
    });
    const pause = { scope: 'any:marketing', since: SINCE, until: until.toISOString() };
    expect(await check(EMAIL, ['john@example.org'])).toEqual([
      { address: 'john@example.org', suppressed: true, ...pause },
    ]);
    clock.pass(30 * 24);
    expect(await check(EMAIL, ['john@example.org'])).toEqual([{ address: 'john@example.org', suppressed: false }]);
  });
});
