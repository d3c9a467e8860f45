import { describe, expect, it } from 'vitest';
import type { Links } from '../../shared/domain/ports/links.ts';
import { recordOptOut } from '../../shared/domain/record-opt-out.ts';
import { parseScope, type ScopeName } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { countingRequestIds, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

function setUp({ links = testKeyRing().links }: { links?: Links } = {}) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const { subjectKeys } = testKeyRing();
  const ports = { optOuts: registry.optOuts, subjectKeys, links, newRequestId: countingRequestIds(), now: clock.now };
  const submit = recordOptOut({ ...ports, publicUrl: TEST_PUBLIC_URL, requestDays: 760 });
  const optOut = (address: string, more: { scopes?: ScopeName[]; isSuspect?: boolean; site?: string } = {}) =>
    submit({ identifier: identify(address), scopes: [], manner: 'form', locale: 'en', ...more });
  const isSuppressed = async (address: string, scope: string) => {
    const choices = await registry.suppressions.read(subjectKeys.all(identify(address)));
    const asked = parseScope(scope);
    return asked !== undefined && decide(choices, asked, clock.now()).isSuppressed;
  };
  return { ...registry, clock, optOut, isSuppressed, subjectKeys, links };
}

describe('recordOptOut', () => {
  it('is effective when it resolves: no pending state, no second step (X1–X7)', async () => {
    const { optOut, isSuppressed, table } = setUp();
    expect(await isSuppressed('jane@example.org', 'email:marketing')).toBe(false);
    const { request } = await optOut('jane@example.org');
    expect(request.status).toEqual({ type: 'opt-out', state: 'effective' });
    expect(await isSuppressed('JANE@example.ORG', 'email:marketing:weekly')).toBe(true);
    expect(table.changes().map(({ kind, itemType }) => [kind, itemType])).toEqual([
      ['INSERT', 'suppression'],
      ['INSERT', 'request'],
    ]);
  });

  it('stops all marketing and all sale and sharing when nothing is named (CS-05)', async () => {
    const { optOut, isSuppressed } = setUp();
    const { request } = await optOut('jane@example.org');
    expect(request.scopes).toEqual(['any:marketing', 'any:sale-share']);
    for (const scope of ['email:marketing', 'sms:marketing', 'any:sale-share', 'post:profiling'])
      expect(await isSuppressed('jane@example.org', scope)).toBe(true);
  });

  it('stops what is named, once each, and nothing else', async () => {
    const { optOut, isSuppressed } = setUp();
    const scopes = ['sms:marketing', 'email:marketing:weekly', 'sms:marketing'] as ScopeName[];
    const { request } = await optOut('jane@example.org', { scopes });
    expect(request.scopes).toEqual(['sms:marketing', 'email:marketing:weekly']);
    expect(await isSuppressed('jane@example.org', 'sms:marketing')).toBe(true);
    expect(await isSuppressed('jane@example.org', 'email:marketing')).toBe(false);
  });

  it('hands out a receipt link that opens to the record and shows no address (EM-06)', async () => {
    const { optOut, links, requests, clock } = setUp();
    const { request, receiptUrl } = await optOut('jane@example.org');
    expect(receiptUrl).toMatch(/^https:\/\/heed\.example\.org\/r\/[A-Za-z0-9_.-]+$/);
    const claims = await links.open('receipt', receiptUrl.slice(`${TEST_PUBLIC_URL}/r/`.length));
    expect(claims).toEqual({ use: 'receipt', subjectKey: request.subjectKey, requestId: request.requestId });
    expect(claims && (await requests.read(claims, clock.now()))).toEqual(request);
  });

  it('answers known, unknown and repeated addresses in one shape (EM-10)', async () => {
    const { optOut } = setUp();
    const [first, repeated, other] = [
      await optOut('jane@example.org'),
      await optOut('jane@example.org'),
      await optOut('john@example.org'),
    ];
    const shape = ({ request: { requestId: _, subjectKey: __, mailTo: ___, ...rest } }: typeof first) => rest;
    expect(shape(repeated)).toEqual(shape(first));
    expect(shape(other)).toEqual(shape(first));
    expect(repeated.request.requestId).not.toBe(first.request.requestId);
  });

  it('records a suspicion, and the opt-out holds all the same', async () => {
    const { optOut, isSuppressed } = setUp();
    const { request } = await optOut('jane@example.org', { isSuspect: true });
    expect(request.isSuspect).toBe(true);
    expect(await isSuppressed('jane@example.org', 'email:marketing')).toBe(true);
  });

  it('claims nothing when the store fails (EM-14)', async () => {
    const { links, subjectKeys } = setUp();
    const down = new Error('down');
    const fail = () => Promise.reject(down);
    const optOuts = { record: fail, recordUnlessInForce: fail, recordOnce: fail };
    const ports = { optOuts, subjectKeys, links, newRequestId: countingRequestIds(), now: testClock().now };
    const submit = recordOptOut({ ...ports, publicUrl: TEST_PUBLIC_URL, requestDays: 760 });
    const asked = { identifier: identify('jane@example.org'), scopes: [], manner: 'api', locale: 'en' } as const;
    await expect(submit(asked)).rejects.toBe(down);
  });

  it('writes nothing when it cannot seal the receipt: no opt-out without the answer that tells of it', async () => {
    const broken: Links = { seal: () => Promise.reject(new Error('no key')), open: async () => undefined };
    const { optOut, table } = setUp({ links: broken });
    await expect(optOut('jane@example.org')).rejects.toThrow('no key');
    expect(table.items()).toEqual([]);
  });

  it('writes no suppression with an end, and none with a readable address (CS-08, GD-09)', async () => {
    const { optOut, table } = setUp();
    await optOut('jane@example.org');
    const suppression = table.items().find(({ sk }) => sk === 'SUPPRESSION');
    expect(suppression).toBeDefined();
    expect(suppression).not.toHaveProperty('expiresAt');
    expect(JSON.stringify(suppression)).not.toMatch(/jane|example/);
  });
});
