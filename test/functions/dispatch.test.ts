import { describe, expect, it } from 'vitest';
import { type DispatchPorts, dispatch } from '../../functions/dispatch/dispatch.ts';
import type { Request } from '../../shared/domain/request.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';
import { memoryDeletions } from '../support/memory-deletions.ts';
import { memoryEventBus } from '../support/memory-event-bus.ts';
import { memoryMailQueue } from '../support/memory-mail-queue.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

function setUp(changed: Partial<DispatchPorts> = {}) {
  const mailQueue = memoryMailQueue();
  const eventBus = memoryEventBus();
  const retention = { deletions: memoryDeletions(), schedule: DEFAULT_SCHEDULE, evidenceDays: 760 };
  return { mailQueue, eventBus, tell: dispatch({ mailQueue, eventBus, ...retention, ...changed }) };
}

/** The changes that an opt-out makes, as the stream brings them. */
async function changesOf(request = sampleOptOut()): Promise<RegistryChange[]> {
  const { optOuts, table } = memoryRegistry();
  await optOuts.record(request);
  return table.changes();
}

async function requestInsert(request = sampleOptOut()): Promise<RegistryChange> {
  const change = (await changesOf(request)).find(({ itemType }) => itemType === 'request');
  if (change === undefined) throw new Error('An opt-out wrote no request');
  return change;
}

describe('dispatch', () => {
  it('orders the receipt of a new opt-out and tells of it once', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const request = sampleOptOut();
    for (const change of await changesOf(request)) await tell(change);
    expect(mailQueue.orders).toEqual([{ kind: 'receipt', subjectKey: request.subjectKey, requestId: 'req_sample' }]);
    expect(eventBus.events).toEqual([
      {
        type: 'opt-out.effective',
        subjectKey: request.subjectKey,
        requestId: 'req_sample',
        scopes: ['any:marketing', 'any:sale-share'],
        at: '2026-11-23T07:15:30.250Z',
      },
    ]);
  });

  it('passes on allow-listed fields only, whatever the image holds (DD-07)', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const change = await requestInsert();
    await tell({ ...change, after: { ...change.after, site: 'canary', futureField: 'canary@example.org' } });
    expect(Object.keys(mailQueue.orders[0] ?? {})).toEqual(['kind', 'subjectKey', 'requestId']);
    expect(Object.keys(eventBus.events[0] ?? {})).toEqual(['type', 'subjectKey', 'requestId', 'scopes', 'at']);
    expect(JSON.stringify([mailQueue.bodies, eventBus.events])).not.toMatch(/canary|jane|@|•/);
  });

  it.each([
    ['a phone number', '+49 30 123456'],
    ['an address that takes no mail', 'jäne@example.org'],
  ])('orders no mail for %s and still tells of the opt-out', async (_, address) => {
    const { mailQueue, eventBus, tell } = setUp();
    await tell(await requestInsert(sampleOptOut({ address })));
    expect(mailQueue.orders).toEqual([]);
    expect(eventBus.events).toHaveLength(1);
  });

  it('orders nothing when a request changes or ends', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const insert = await requestInsert();
    await tell({
      ...insert,
      kind: 'MODIFY',
      before: insert.after,
      after: { ...insert.after, confirmedAt: '2026-11-24T00:00:00.000Z' },
    });
    await tell({ ...insert, kind: 'REMOVE', before: insert.after, after: {}, endedBy: 'ttl' });
    expect([mailQueue.orders, eventBus.events]).toEqual([[], []]);
  });

  it('tells of an opt-in when it becomes effective, not when it is wished for (CC-15)', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const insert = await requestInsert();
    const wish = { ...insert.after, type: 'opt-in', state: 'awaiting-confirmation', receipt: 'none' };
    await tell({ ...insert, after: wish });
    expect(eventBus.events).toEqual([]);
    const confirmedAt = '2026-11-24T08:00:00.000Z';
    await tell({ ...insert, kind: 'MODIFY', before: wish, after: { ...wish, state: 'effective', confirmedAt } });
    expect(eventBus.events).toMatchObject([{ type: 'opt-in.effective', at: confirmedAt }]);
    expect(mailQueue.orders).toEqual([]);
  });

  it('tells once that a mail waits for a person, and where it lies to nobody', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const { reviews, table } = memoryRegistry();
    const review = {
      reviewId: 'rev_1',
      ...{ subjectKey: 'k1.x' as never, kind: 'rights-request' as const, intents: ['access'] },
      ...{ objectKey: 'inbound-mail/canary', receivedAt: new Date(0), expiresAt: 1_900_000_000 as never },
    } as const;
    await reviews.open(review);
    await reviews.open(review);
    for (const change of table.changes()) await tell(change);
    const [insert] = table.changes();
    if (insert !== undefined)
      await tell({ ...insert, kind: 'REMOVE', before: insert.after, after: {}, endedBy: 'ttl' });
    const { reviewId, subjectKey, kind, intents } = review;
    expect(eventBus.events).toEqual([
      { type: 'review.opened', reviewId, kind, intents, at: '1970-01-01T00:00:00.000Z', subjectKey },
    ]);
    expect(mailQueue.orders).toEqual([]);
  });

  it.each([
    'suppression',
    'mail-guard',
    'confirmation',
    'contact',
    'contact-class',
    'contact-link',
    'unknown',
  ] as const)('says nothing of a %s', async (itemType) => {
    const { mailQueue, eventBus, tell } = setUp();
    await tell({ ...(await requestInsert()), itemType });
    expect([mailQueue.orders, eventBus.events]).toEqual([[], []]);
  });

  it('rejects when queue or bus do, so that the stream brings the change again', async () => {
    const change = await requestInsert();
    const down = () => Promise.reject(new Error('down'));
    await expect(setUp({ mailQueue: { order: down } }).tell(change)).rejects.toThrow('down');
    await expect(setUp({ eventBus: { publish: down } }).tell(change)).rejects.toThrow('down');
  });

  it.each([
    ['opt-in', 'awaiting-confirmation'],
    ['preferences-link', 'asked'],
  ])('orders the mail of a wish for %s and tells nobody else', async (type, state) => {
    const { mailQueue, eventBus, tell } = setUp();
    const insert = await requestInsert();
    await tell({ ...insert, after: { ...insert.after, type, state } });
    expect(mailQueue.orders).toMatchObject([{ kind: type, requestId: 'req_sample' }]);
    expect(eventBus.events).toEqual([]);
  });

  it('tells of a pause and of its end, and sends no mail', async () => {
    const { mailQueue, eventBus, tell } = setUp();
    const until = new Date('2026-12-23T07:15:30.250Z');
    const pause = {
      ...sampleOptOut(),
      status: { type: 'pause', state: 'effective', days: 30, until },
      receipt: 'none',
    };
    await tell(await requestInsert(pause as Request));
    expect(eventBus.events).toMatchObject([{ type: 'pause.effective', until: until.toISOString() }]);
    expect(mailQueue.orders).toEqual([]);
  });
});
