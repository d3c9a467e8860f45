import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import { cancelContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import {
  cancellationAnswerSchema,
  contactAnswerSchema,
  contactViewSchema,
  holdAnswerSchema,
  reactivationAnswerSchema,
} from '../../shared/http/schemas/contacts.ts';
import { ACTOR, bodyOf, CUSTOMER, contactCalls } from '../support/contact-calls.ts';
import { type RunningHeed, runHeed } from '../support/fake-aws/running-heed.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const DAY = 86_400_000;
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

const later = (days: number) => vi.setSystemTime(Date.now() + days * DAY);
const stored = () => JSON.stringify(heed.aws.contacts.items());

describe('a contact', () => {
  it('is new once, then written again, and shown as it stands', async () => {
    const first = await calls.put(CUSTOMER);
    expect(first.statusCode).toBe(201);
    expect(contactAnswerSchema.parse(bodyOf(first))).toEqual({
      contactId: 'c-1',
      status: { state: 'active' },
      classes: { account: {}, billing: {} },
    });
    expect((await calls.put({ ...CUSTOMER, classes: { support: { data: [1, { a: null }] } } })).statusCode).toBe(200);
    const shown = await calls.show();
    expect(shown.statusCode).toBe(200);
    expect(contactViewSchema.parse(bodyOf(shown))).toEqual({
      contactId: 'c-1',
      identifiers: [{ email: 'jo@example.org' }, { phone: '+491701234567' }],
      status: { state: 'active' },
      holds: {},
      classes: { ...CUSTOMER.classes, support: { data: [1, { a: null }] } },
    });
  });

  it('needs no identifiers, and loses the former ones', async () => {
    await calls.put(CUSTOMER);
    await calls.put({ ...CUSTOMER, identifiers: [] });
    expect(bodyOf(await calls.show()).identifiers).toEqual([]);
    expect(stored()).not.toContain('example.org');
  });

  it('has an end for each class once it is cancelled, and none once it came back', async () => {
    await calls.put(CUSTOMER);
    const cancellation = {
      cancelledAt: NOW.toISOString(),
      reason: 'moved',
      contractEndsAt: '2026-12-31T23:59:59+01:00',
    };
    const { outcome, classes } = cancellationAnswerSchema.parse(bodyOf(await calls.cancel(cancellation)));
    expect([outcome, classes.account, classes.billing]).toEqual([
      'cancelled',
      { due: '2026-12-26T10:00:00.000Z', expiresAt: '2026-12-26T10:00:00.000Z' },
      { due: '2034-12-31T23:00:00.000Z', expiresAt: '2034-12-31T23:00:00.000Z' },
    ]);
    expect(bodyOf(await calls.cancel(cancellation)).outcome).toBe('duplicate');
    later(1);
    expect(reactivationAnswerSchema.parse(bodyOf(await calls.reactivate()))).toEqual({
      outcome: 'reactivated',
      status: { state: 'active' },
      classes: { account: {}, billing: {} },
    });
    expect(bodyOf(await calls.reactivate()).outcome).toBe('duplicate');
    expect(bodyOf(await calls.cancel(cancellation)).outcome).toBe('superseded');
    expect(stored()).not.toContain('expiresAt');
  });

  it('that was cancelled six years ago ends at once, where TTL sees it (DD-03)', async () => {
    await calls.put({ ...CUSTOMER, classes: { account: {} } });
    const answer = bodyOf(await calls.cancel({ cancelledAt: '2020-11-26T10:00:00Z' }));
    expect(answer.classes.account).toEqual({ due: '2020-12-26T10:00:00.000Z', expiresAt: NOW.toISOString() });
    expect((await calls.show()).statusCode).toBe(404);
  });

  it('is shown without what is over, although it is still there (DD-02)', async () => {
    await calls.put(CUSTOMER);
    await calls.cancel({ cancelledAt: NOW.toISOString() });
    later(31);
    expect(stored()).toContain('gold');
    expect(Object.keys(bodyOf(await calls.show()).classes)).toEqual(['billing']);
  });
});

/** As news of the bus does it that overtakes its contact. */
async function cancelEarly(): Promise<void> {
  const { subjectKeys } = testKeyRing();
  const contactId = 'c-1' as ContactId;
  const names = { contactId, subjectKey: subjectKeys.current({ kind: 'customer', canonical: contactId }) };
  const rules = { schedule: DEFAULT_SCHEDULE, now: NOW };
  const { contact } = cancelContact(undefined, names, { cancelledAt: NOW }, rules);
  await dynamoContacts(openTable('contacts'), subjectKeys, () => NOW).replace(undefined, contact);
}

describe('an unknown contact', () => {
  it.each(['never was', 'is over', 'has no class yet'])('answers every call alike when it %s', async (why) => {
    if (why === 'is over') {
      await calls.put({ ...CUSTOMER, classes: { account: {} } });
      await calls.cancel({ cancelledAt: NOW.toISOString() });
      later(31);
    }
    if (why === 'has no class yet') await cancelEarly();
    const problems = [
      await calls.show(),
      await calls.cancel({ cancelledAt: NOW.toISOString() }),
      await calls.reactivate(),
      await calls.release(),
    ];
    for (const { statusCode, body } of problems) {
      expect(statusCode).toBe(404);
      expect(JSON.parse(body ?? '')).toEqual({
        type: 'about:blank',
        status: 404,
        title: 'Not found',
        code: 'contact.unknown',
        detail: 'There is no such contact',
      });
    }
  });

  it('cannot be held', async () => {
    expect((await calls.hold(HOLD)).statusCode).toBe(404);
    await cancelEarly();
    expect((await calls.hold(HOLD)).statusCode).toBe(404);
  });
});

describe('a hold', () => {
  it('stops every end, says who placed it, and gives the ends back with the last one', async () => {
    await calls.put(CUSTOMER);
    await calls.cancel({ cancelledAt: NOW.toISOString() });
    const until = new Date(NOW.getTime() + 400 * DAY).toISOString();
    const placed = holdAnswerSchema.parse(bodyOf(await calls.hold({ ...HOLD, until })));
    expect(placed.holds).toEqual({ 'dispute-1': { ...HOLD, until, by: ACTOR, placedAt: NOW.toISOString() } });
    expect(placed.classes.account).toEqual({ due: '2026-12-26T10:00:00.000Z' });
    await calls.hold(HOLD, 'audit-1');
    expect(stored()).not.toContain('expiresAt');
    later(365);
    expect(bodyOf(await calls.release()).classes.account).not.toHaveProperty('expiresAt');
    const released = holdAnswerSchema.parse(bodyOf(await calls.release('audit-1')));
    // Overdue by then: not before a grace of seven days.
    expect(released).toMatchObject({ holds: {}, classes: { account: { expiresAt: '2027-12-03T10:00:00.000Z' } } });
    expect(bodyOf(await calls.release('audit-1'))).toMatchObject({ status: 404, code: 'hold.unknown' });
    expect(bodyOf(await calls.release('constructor'))).toMatchObject({ status: 404, code: 'hold.unknown' });
  });

  it('saves what is over but still there (DD-04)', async () => {
    await calls.put({ ...CUSTOMER, classes: { account: { data: 'evidence' } } });
    await calls.cancel({ cancelledAt: NOW.toISOString() });
    later(31);
    expect((await calls.show()).statusCode).toBe(404);
    expect((await calls.hold(HOLD)).statusCode).toBe(200);
    expect(bodyOf(await calls.show()).classes.account.data).toBe('evidence');
  });
});

it('a store that does not answer is our fault, and never a success', async () => {
  await calls.put(CUSTOMER);
  heed.aws.arm(new Map(Array.from({ length: 40 }, (_, call) => [call, 'refused'] as const)));
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const answers = [
    await calls.put(CUSTOMER),
    await calls.show(),
    await calls.cancel({ cancelledAt: NOW.toISOString() }),
    await calls.hold(HOLD),
  ];
  log.mockRestore();
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503, 503]);
});
