import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomerEvent, readCustomerEvent } from '../../functions/on-customer-changed/customer-event.ts';
import { onCustomerChanged } from '../../functions/on-customer-changed/on-customer-changed.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { putContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { memoryContacts } from '../support/memory-contacts.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const rules = { schedule: DEFAULT_SCHEDULE, now: NOW };
const contactId = 'c1' as ContactId;
const { subjectKeys } = testKeyRing();
const names = { contactId, subjectKey: subjectKeys.current({ kind: 'customer', canonical: contactId }) };
const day = (offset: number) => new Date(NOW.getTime() + offset * 86_400_000);

async function scene(known?: Contact) {
  const contacts = memoryContacts(subjectKeys.current);
  if (known !== undefined) await contacts.replace(undefined, known);
  const take = onCustomerChanged({ contacts, subjectKeys, schedule: DEFAULT_SCHEDULE, now: () => NOW });
  return {
    take: async (...events: CustomerEvent[]) => {
      for (const event of events) await take(event);
      return (await contacts.read(contactId, [names.subjectKey]))?.contact;
    },
  };
}

const knownContact = () =>
  putContact(undefined, names, { identifiers: [], classes: { account: {}, billing: {} } }, rules).contact;
const cancelled = (at: number, more: object = {}): CustomerEvent => ({
  ...{ type: 'customer.cancelled', contactId, cancelledAt: day(at), toldAt: day(Math.min(at, 0)) },
  ...more,
});
const reactivated = (at: number): CustomerEvent => ({
  ...{ type: 'customer.reactivated', contactId, reactivatedAt: day(at), toldAt: day(at) },
});

describe('onCustomerChanged', () => {
  it('starts the clock of every class, and stops it', async () => {
    const { take } = await scene(knownContact());
    const after = await take(cancelled(-10));
    expect(after?.classes.account?.due).toEqual(day(20));
    expect(after?.classes.account?.expiresAt).toBe(day(20).getTime() / 1000);
    expect((await take(reactivated(-1)))?.classes.account).toEqual({});
  });

  it('lets a cancellation lose against a later reactivation that came first', async () => {
    const contact = await (await scene(knownContact())).take(reactivated(-1), cancelled(-10));
    expect(contact).toMatchObject({ status: { state: 'active' }, decidedAt: day(-1) });
  });

  it('waits for a contact that is not known yet, without a class and not for ever', async () => {
    const contact = await (await scene()).take(cancelled(-10));
    expect(contact).toMatchObject({ status: { state: 'cancelled' }, classes: {}, identifiers: [] });
    expect(contact?.expiresAt).toBe(day(30).getTime() / 1000);
    const { contact: known } = putContact(contact, names, { identifiers: [], classes: { account: {} } }, rules);
    expect(known.classes).toMatchObject({ account: { due: day(20) } });
  });

  it.each([
    ['a cancellation', cancelled(400)],
    ['the end of a contract', cancelled(-1, { contractEndsAt: day(4000) })],
    ['a return', reactivated(400)],
  ])('refuses %s that lies too far ahead, and notes nothing', async (_, event) => {
    const { take } = await scene();
    await expect(take(event)).rejects.toMatchObject({ code: 'cancellation.too-far' });
    expect(await take()).toBeUndefined();
  });

  it.each([
    ['an end of contract that is the day itself', cancelled(-2, { contractEndsAt: day(-2) })],
    ['a reason', cancelled(-2, { reason: 'moved' })],
  ])('remembers %s, whichever of two that say the same comes first', async (_, event) => {
    const plain = cancelled(-2);
    const [first, second] = [await scene(knownContact()), await scene(knownContact())];
    expect(await first.take(plain, event)).toEqual(await second.take(event, plain));
  });

  it('comes to the same end for every order and repetition of the same events', async () => {
    const at = fc.integer({ min: -5, max: 5 });
    const cancellation = fc
      .record({
        cancelled: at,
        told: fc.integer({ min: -5, max: 0 }),
        ends: fc.option(at),
        reason: fc.constantFrom(undefined, 'a', 'b'),
      })
      .map(({ cancelled: days, told, ends, reason }) =>
        cancelled(days, {
          toldAt: day(told),
          reason,
          ...(ends === null ? {} : { contractEndsAt: day(days + Math.abs(ends)) }),
        }),
      );
    const events = fc.array(fc.oneof(cancellation, fc.integer({ min: -5, max: 0 }).map(reactivated)), { maxLength: 6 });
    const orders = events.chain((list) =>
      fc.record({
        list: fc.constant(list),
        other: fc
          .tuple(fc.constant(list), fc.subarray(list))
          .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
        isKnown: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ({ list, other, isKnown }) => {
        const start = () => scene(isKnown ? knownContact() : undefined);
        expect(await (await start()).take(...other)).toEqual(await (await start()).take(...list));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a message', () => {
  const detail = { contactId: 'c1', cancelledAt: '2026-11-01T09:00:00+01:00', reason: 'moved' };
  const event = {
    type: 'customer.cancelled',
    contactId,
    cancelledAt: new Date('2026-11-01T08:00:00Z'),
    reason: 'moved',
  };
  const envelope = {
    version: '0',
    'detail-type': 'customer.cancelled',
    source: 'crm',
    time: '2026-11-01T08:00:05Z',
    detail: { ...detail, region: 'emea' },
  };

  it('is an event as EventBridge sends it, told when it was put', () => {
    const toldAt = new Date('2026-11-01T08:00:05Z');
    expect(readCustomerEvent(JSON.stringify(envelope), NOW)).toEqual({ ...event, toldAt });
  });

  it('is its detail alone, told when the queue took it', () => {
    const body = JSON.stringify({ ...detail, type: 'customer.cancelled' });
    expect(readCustomerEvent(body, NOW)).toEqual({ ...event, toldAt: NOW });
    const back = { type: 'customer.reactivated', contactId: 'c1', reactivatedAt: '2026-11-02T08:00:00Z' };
    expect(readCustomerEvent(JSON.stringify(back), NOW)).toMatchObject({
      reactivatedAt: new Date('2026-11-02T08:00:00Z'),
    });
  });

  it('may say that a system has followed a deletion, in either form', () => {
    const subjectKey = `k1.${'c'.repeat(43)}`;
    const followed = { deletionId: 'del_1', subjectKey, system: 'crm', evidence: 'ab'.repeat(32) };
    const type = 'contact.class.acknowledged';
    const wrapped = { ...envelope, 'detail-type': type, detail: { ...followed, region: 'emea' } };
    for (const message of [wrapped, { ...followed, type }])
      expect(readCustomerEvent(JSON.stringify(message), NOW)).toEqual({ ...followed, type });
    for (const wrong of [{ system: 'CRM!' }, { subjectKey: 'jane@example.org' }, { evidence: 'x' }, { deletionId: 1 }])
      expect(() => readCustomerEvent(JSON.stringify({ ...followed, ...wrong, type }), NOW)).toThrow();
  });

  it.each([
    'no JSON',
    '[]',
    JSON.stringify({ ...envelope, 'detail-type': 'customer.created' }),
    JSON.stringify({ type: 'customer.cancelled', contactId: 'c1' }),
    JSON.stringify({ ...detail, type: 'customer.cancelled', contactId: 'jane@example.org' }),
    JSON.stringify({ ...detail, type: 'customer.cancelled', cancelledAt: 1764000000 }),
  ])('is refused when it is anything else: %s', (body) => {
    expect(() => readCustomerEvent(body, NOW)).toThrow();
  });
});
