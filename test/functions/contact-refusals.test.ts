import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodyOf, CUSTOMER, contactCalls } from '../support/contact-calls.ts';
import { type RunningHeed, runHeed } from '../support/fake-aws/running-heed.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const HOLD = { reason: 'A dispute about invoice 4711' };

let heed: RunningHeed;
let calls: ReturnType<typeof contactCalls>;

beforeAll(async () => {
  heed = await runHeed();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  heed.restart();
  calls = contactCalls(heed);
});
afterEach(() => vi.useRealTimers());
afterAll(() => heed.close());

const stored = () => JSON.stringify(heed.aws.contacts.items());

describe('is refused, and nothing is written:', () => {
  const DEEP = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`);
  const cancelled = (more: object) => ({ cancelledAt: NOW.toISOString(), ...more });

  it.each([
    ['an unknown class', { ...CUSTOMER, classes: { stamps: {} } }, 'class.unknown', 'classes'],
    ['a class named by birth', { ...CUSTOMER, classes: { constructor: {} } }, 'class.unknown', 'classes'],
    [
      'a class with an address for a name',
      { ...CUSTOMER, classes: { 'jo@example.org': {} } },
      'body.invalid-key',
      'classes.(name)',
    ],
    ['no class', { ...CUSTOMER, classes: {} }, 'body.custom', 'classes'],
    ['no identifiers at all', { classes: CUSTOMER.classes }, 'body.invalid-type', 'identifiers'],
    [
      'eleven identifiers',
      { ...CUSTOMER, identifiers: Array(11).fill({ email: 'a@b.example' }) },
      'body.too-big',
      'identifiers',
    ],
    [
      'an identifier of both kinds',
      { ...CUSTOMER, identifiers: [{ email: 'a@b.example', phone: '+491701234567' }] },
      'body.custom',
      'identifiers.0',
    ],
    [
      'what is no address',
      { ...CUSTOMER, identifiers: [{ email: 'nobody' }] },
      expect.stringMatching(/^(address|email)\./),
      'identifiers.0',
    ],
    [
      'a contact that began tomorrow',
      { ...CUSTOMER, activeSince: '2026-11-27T10:00:00Z' },
      'contact.future',
      'activeSince',
    ],
    [
      'a contact to come',
      { ...CUSTOMER, classes: { support: { lastContactAt: '2026-11-26T10:06:00Z' } } },
      'contact.future',
      'classes.support.lastContactAt',
    ],
    [
      'a time without a zone',
      { ...CUSTOMER, activeSince: '2026-11-20T10:00:00' },
      'body.invalid-format',
      'activeSince',
    ],
    ['a field that nobody knows', { ...CUSTOMER, state: 'active' }, 'body.unrecognized-keys', '(body)'],
    [
      'a reference that is too long',
      { ...CUSTOMER, classes: { billing: { references: [{ system: 'erp', reference: 'x'.repeat(201) }] } } },
      'body.too-big',
      'classes.billing.references.0.reference',
    ],
    [
      'data nested too deep',
      { ...CUSTOMER, classes: { account: { data: DEEP } } },
      'contact.too-deep',
      'classes.account.data',
    ],
  ])('%s', async (_, body, code, field) => {
    expect(bodyOf(await calls.put(body))).toMatchObject({ status: 400, code, field, accepted: expect.any(String) });
    expect(heed.aws.contacts.items()).toEqual([]);
  });

  it('more than 32 kB', async () => {
    const body = { ...CUSTOMER, classes: { account: { data: 'x'.repeat(32 * 1024) } } };
    expect(bodyOf(await calls.put(body))).toMatchObject({ status: 413, code: 'contact.too-large', field: '(body)' });
    expect(heed.aws.contacts.items()).toEqual([]);
  });

  it.each([
    ['a cancellation without its time', {}, 'body.invalid-type', 'cancelledAt'],
    [
      'a cancellation beyond a year ahead',
      { cancelledAt: '2028-01-01T00:00:00Z' },
      'cancellation.too-far',
      'cancelledAt',
    ],
    [
      "a cancellation at the zero of a computer's clock",
      { cancelledAt: '1970-01-01T00:00:00Z' },
      'cancellation.too-long-ago',
      'cancelledAt',
    ],
    [
      'an end before the cancellation',
      cancelled({ contractEndsAt: '2026-11-01T00:00:00Z' }),
      'cancellation.ends-before',
      'contractEndsAt',
    ],
    [
      'an end in another age',
      cancelled({ contractEndsAt: '2999-01-01T00:00:00Z' }),
      'cancellation.too-far',
      'contractEndsAt',
    ],
    ['a reason without an end', cancelled({ reason: 'x'.repeat(501) }), 'body.too-big', 'reason'],
    ['half a character', cancelled({ reason: '\ud800' }), 'body.custom', 'reason'],
  ])('%s', async (_, body, code, field) => {
    await calls.put(CUSTOMER);
    const before = stored();
    expect(bodyOf(await calls.cancel(body))).toMatchObject({ status: 400, code, field, accepted: expect.any(String) });
    expect(stored()).toBe(before);
  });

  it.each([
    ['a hold without a reason', {}, 'body.invalid-type', 'reason'],
    ['a hold with an empty reason', { reason: '' }, 'body.too-small', 'reason'],
    ["a hold in somebody else's name", { ...HOLD, by: 'the boss' }, 'body.unrecognized-keys', '(body)'],
    ['a hold that has lapsed', { ...HOLD, until: NOW.toISOString() }, 'hold.until', 'until'],
    ['a hold until another age', { ...HOLD, until: '2999-01-01T00:00:00Z' }, 'hold.until', 'until'],
  ])('%s', async (_, body, code, field) => {
    await calls.put(CUSTOMER);
    const before = stored();
    expect(bodyOf(await calls.hold(body))).toMatchObject({ status: 400, code, field, accepted: expect.any(String) });
    expect(stored()).toBe(before);
  });

  it.each(['jo@example.org', '', '.', 'x'.repeat(65), 'a/b'])('the contact id "%s"', async (id) => {
    const odd = contactCalls(heed, id);
    for (const answer of [
      await odd.put(CUSTOMER),
      await odd.show(),
      await odd.cancel(cancelled({})),
      await odd.hold(HOLD),
    ]) {
      expect(bodyOf(answer)).toMatchObject({ status: 400, code: 'contact.id-form', field: 'id' });
      expect(answer.body).not.toContain('example.org');
    }
    expect(heed.aws.contacts.items()).toEqual([]);
  });

  it.each(['Dispute', '-x', '', 'a_b', 'x'.repeat(65)])('the hold id "%s"', async (holdId) => {
    await calls.put(CUSTOMER);
    for (const answer of [await calls.hold(HOLD, holdId), await calls.release(holdId)])
      expect(bodyOf(answer)).toMatchObject({ status: 400, code: 'hold.id-form', field: 'holdId' });
  });
});
