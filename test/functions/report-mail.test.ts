import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMailEvent } from '../../functions/on-mail-reported/mail-event.ts';
import { reportMail } from '../../functions/on-mail-reported/report-mail.ts';
import { RECEIPT_FOLLOWS, type ReceiptState } from '../../shared/domain/request.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { mailEvent } from '../support/ses-events.ts';
import { testClock } from '../support/test-clock.ts';
import { ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const JANE = 'jane@example.org';

async function setUp(secret?: string) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  // Written under the first key of the ring, about a phone's marketing only, so that what the events add is seen.
  const request = sampleOptOut({ address: JANE, requestId: 'req_mailed', scopes: ['sms:marketing' as never] });
  await registry.optOuts.record(request);
  const { subjectKeys } = testKeyRing(secret);
  const report = reportMail({ ...registry, subjectKeys, now: clock.now, locale: 'en', requestDays: 760 });
  const subjectKey = subjectKeys.current(identify(JANE));
  return {
    ...{ ...registry, clock, request },
    tell: (facts: Parameters<typeof mailEvent>[0]) => report(readMailEvent(mailEvent(facts))),
    receipt: async () => (await registry.requests.read(request, clock.now()))?.receipt,
    isStopped: async () => 'email:marketing' in (await registry.suppressions.read([subjectKey])),
    records: () => registry.table.items().filter(({ manner }) => manner === 'bounce' || manner === 'feedback-report'),
  };
}

describe('reportMail (SE-05)', () => {
  it('knows that a receipt was sent when it was delivered, not before (SE-02)', async () => {
    const { tell, receipt, request, claims } = await setUp();
    await claims.settle(request, 'sent');
    expect(await receipt()).toBe('sent');
    await tell({ eventType: 'Delivery' });
    expect(await receipt()).toBe('delivered');
    await claims.settle(request, 'sent');
    expect(await receipt()).toBe('delivered');
  });

  it('stops marketing by e-mail at a complaint, and writes to nobody', async () => {
    const { tell, isStopped, records, receipt } = await setUp();
    await tell({ eventType: 'Complaint' });
    expect([await isStopped(), await receipt()]).toEqual([true, 'pending']);
    expect(records()).toMatchObject([{ manner: 'feedback-report', receipt: 'none', scopes: ['email:marketing'] }]);
  });

  it('does not when the recipient says that it was no spam (RFC 6430)', async () => {
    const { tell, isStopped } = await setUp();
    await tell({ eventType: 'Complaint', complaintFeedbackType: 'not-spam' });
    expect(await isStopped()).toBe(false);
  });

  it('takes a permanent bounce for an address that is gone', async () => {
    const { tell, isStopped, receipt, records } = await setUp();
    await tell({ eventType: 'Bounce', bounceType: 'Permanent' });
    expect([await isStopped(), await receipt()]).toEqual([true, 'undelivered']);
    expect(records()).toMatchObject([{ manner: 'bounce', receipt: 'none' }]);
  });

  it.each(['Transient', 'Undetermined'])('changes nothing at a bounce that is %s (SE-09)', async (bounceType) => {
    const { tell, table } = await setUp();
    const before = table.items();
    await tell({ eventType: 'Bounce', bounceType });
    expect(table.items()).toEqual(before);
  });

  it.each(['Reject', 'Rendering Failure'])('notes that a mail was not sent at a %s', async (eventType) => {
    const { tell, receipt, isStopped } = await setUp();
    await tell({ eventType });
    expect([await receipt(), await isStopped()]).toEqual(['undelivered', false]);
  });

  it.each(['Send', 'DeliveryDelay', 'Subscription', 'Of the future'])('minds nothing of %s', async (eventType) => {
    const { tell, table } = await setUp();
    const before = table.items();
    await tell({ eventType });
    expect(table.items()).toEqual(before);
  });

  it('finds the request that was written before the key ring was rotated', async () => {
    const { tell, receipt } = await setUp(ROTATED_SECRET);
    await tell({ eventType: 'Delivery' });
    expect(await receipt()).toBe('delivered');
  });

  it.each([{ tag: 'jane@example.org' }, { tag: undefined }, { tag: 'req_unknown' }, { address: 'nobody' }])(
    'notes nothing of a mail that it cannot place: %j',
    async (facts) => {
      const { tell, table } = await setUp();
      const before = table.items();
      await tell({ eventType: 'Delivery', ...facts });
      expect(table.items()).toEqual(before);
    },
  );

  it('ends alike whatever comes twice or in another order', async () => {
    const events = [
      { eventType: 'Delivery' },
      { eventType: 'Bounce', bounceType: 'Permanent' },
      { eventType: 'Complaint' },
      { eventType: 'Bounce', bounceType: 'Transient' },
      'sent',
    ] as const;
    const orders = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { tell, claims, request, receipt, isStopped, records, clock } = await setUp();
        for (const event of order) {
          clock.pass(1);
          await (event === 'sent' ? claims.settle(request, 'sent') : tell(event));
        }
        expect([await receipt(), await isStopped()]).toEqual(['undelivered', true]);
        expect(new Set(records().map(({ manner }) => manner))).toEqual(new Set(['bounce', 'feedback-report']));
        expect(records()).toHaveLength(2);
      }),
    );
  });

  it('does not undo by a late repeat what the person undid since', async () => {
    const { tell, isStopped, table, records } = await setUp();
    await tell({ eventType: 'Complaint' });
    const [{ pk } = {}] = records();
    table.transact([{ key: { pk: String(pk), sk: 'SUPPRESSION' }, apply: () => undefined }]);
    await tell({ eventType: 'Complaint' });
    expect(await isStopped()).toBe(false);
    await tell({ eventType: 'Complaint', messageId: 'another' });
    expect(await isStopped()).toBe(true);
  });
});

describe('readMailEvent', () => {
  it.each([undefined, {}, { detail: {} }, { detail: { eventType: 'Bounce', mail: { destination: [] } } }])(
    'throws on what lacks what AWS always sends: %j',
    (event) => expect(() => readMailEvent(event)).toThrow(),
  );
});

describe('the states of a receipt', () => {
  it('stand one over the other, whatever comes first', () => {
    const states = Object.keys(RECEIPT_FOLLOWS) as (keyof typeof RECEIPT_FOLLOWS)[];
    const end = (...notes: (keyof typeof RECEIPT_FOLLOWS)[]) =>
      notes.reduce<ReceiptState>((now, note) => (RECEIPT_FOLLOWS[note].includes(now) ? note : now), 'pending');
    for (const later of ['sent', 'delivered', 'undelivered'] as const) {
      for (const state of states) expect(end(state, later)).toBe(end(later, state));
    }
  });
});
