import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../functions/dispatch/dispatch.ts';
import { contactClassKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { deletionIdOf } from '../../shared/domain/contact/deletion.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { memoryDeletions } from '../support/memory-deletions.ts';
import { memoryEventBus } from '../support/memory-event-bus.ts';
import { memoryMailQueue } from '../support/memory-mail-queue.ts';
import { SAMPLE_CUSTOMER } from '../support/sample-deletion.ts';
import { streamRecord } from '../support/stream-records.ts';

const TTL = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
const DUE = '2026-11-22T10:00:00.000Z';
const AT = new Date('2026-11-23T10:00:00Z');
const marketing = {
  subjectKey: SAMPLE_CUSTOMER,
  class: 'marketing',
  data: { name: 'Jane' },
  due: DUE,
  policyVersion: '2026-11-26.0123456789ab',
  expiresAt: Date.parse(DUE) / 1000,
  version: 3,
};

function setUp() {
  const deletions = memoryDeletions(() => AT);
  const eventBus = memoryEventBus();
  const ports = { mailQueue: memoryMailQueue(), eventBus, deletions, schedule: DEFAULT_SCHEDULE, evidenceDays: 760 };
  const tell = dispatch(ports);
  const follow = async () => {
    for (const change of deletions.table.changes()) await tell(change);
  };
  return { deletions, eventBus, tell, follow };
}

function removal(before: Record<string, unknown>, userIdentity?: object) {
  const key = contactClassKey(SAMPLE_CUSTOMER, String(before.class));
  return readChange(streamRecord({ key, before, at: AT, ...(userIdentity && { userIdentity }) }));
}

describe('dispatch of a deleted class', () => {
  it.each([
    ['ttl', {}, TTL],
    ['sweeper', {}, undefined],
    ['erasure', { erasureId: 'req_1' }, undefined],
  ])('opens its evidence with the systems of the schedule, by %s', async (by, facts, identity) => {
    const { deletions, tell } = setUp();
    await tell(removal({ ...marketing, ...facts }, identity));
    expect(await deletions.list([SAMPLE_CUSTOMER], AT)).toEqual([
      {
        deletionId: deletionIdOf('event-1'),
        subjectKey: SAMPLE_CUSTOMER,
        class: 'marketing',
        method: 'delete',
        due: new Date(DUE),
        endedAt: new Date(DUE),
        deletedAt: AT,
        by,
        policyVersion: marketing.policyVersion,
        systems: ['crm', 'mail-platform'],
        acknowledged: {},
        expiresAt: AT.getTime() / 1000 + 760 * 86_400,
      },
    ]);
  });

  it('opens it once, however often the stream tells', async () => {
    const { deletions, tell } = setUp();
    await tell(removal(marketing, TTL));
    await deletions.acknowledge({ subjectKey: SAMPLE_CUSTOMER, deletionId: deletionIdOf('event-1') }, 'crm', {
      at: AT,
    });
    await tell(removal(marketing, TTL));
    const [{ acknowledged } = { acknowledged: {} }, ...others] = await deletions.list([SAMPLE_CUSTOMER], AT);
    expect(others).toEqual([]);
    expect(Object.keys(acknowledged)).toEqual(['crm']);
  });

  it('opens nothing for a class that was removed before its end: nobody had the right to', async () => {
    const { deletions, tell } = setUp();
    await tell(removal({ ...marketing, expiresAt: AT.getTime() / 1000 + 60 }));
    await tell(removal({ subjectKey: SAMPLE_CUSTOMER, class: 'marketing', version: 1 }));
    expect(deletions.table.items()).toEqual([]);
  });

  it('asks no system about a class that the schedule does not name any more', async () => {
    const { deletions, tell } = setUp();
    await tell(removal({ ...marketing, class: 'gone' }, TTL));
    expect(await deletions.list([SAMPLE_CUSTOMER], AT)).toMatchObject([
      { class: 'gone', method: 'delete', systems: [] },
    ]);
  });
});

describe('dispatch of the evidence', () => {
  const acknowledge = async ({ deletions }: ReturnType<typeof setUp>, system: string) =>
    deletions.acknowledge({ subjectKey: SAMPLE_CUSTOMER, deletionId: deletionIdOf('event-1') }, system, { at: AT });

  it('tells the systems, and once all have acknowledged that the class is done', async () => {
    const world = setUp();
    await world.tell(removal(marketing, TTL));
    for (const system of ['crm', 'mail-platform', 'crm']) await acknowledge(world, system);
    await world.follow();
    const names = { subjectKey: SAMPLE_CUSTOMER, deletionId: deletionIdOf('event-1'), class: 'marketing' };
    expect(world.eventBus.events).toEqual([
      {
        type: 'contact.class.expired',
        ...names,
        method: 'delete',
        due: DUE,
        deletedAt: AT.toISOString(),
        by: 'ttl',
        systems: ['crm', 'mail-platform'],
        policyVersion: marketing.policyVersion,
      },
      { type: 'contact.class.done', ...names },
    ]);
  });

  it('is done at once when no other system holds such data', async () => {
    const world = setUp();
    await world.tell(removal({ ...marketing, class: 'consent-record' }, TTL));
    await world.follow();
    expect(world.eventBus.events.map(({ type }) => type)).toEqual(['contact.class.expired', 'contact.class.done']);
  });

  it('says nothing when the evidence itself ends', async () => {
    const { tell, deletions, eventBus } = setUp();
    await tell(removal(marketing, TTL));
    const [opened] = deletions.table.changes();
    if (opened === undefined) throw new Error('Nothing was opened');
    await tell({ ...opened, kind: 'REMOVE', before: opened.after, after: {}, endedBy: 'ttl' });
    expect(eventBus.events).toEqual([]);
  });

  it('carries no personal data, whatever the class held (DD-07)', async () => {
    const secret = fc.string({ minLength: 1 }).map((text) => `secret ${text}`);
    const json = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      secret,
    );
    await fc.assert(
      fc.asyncProperty(json, secret, async (data, reference) => {
        const world = setUp();
        const references = [{ system: 'crm', reference }];
        await world.tell(removal({ ...marketing, data, references, reason: reference, contactId: reference }, TTL));
        await acknowledge(world, 'crm');
        await world.follow();
        expect(world.eventBus.events.length).toBeGreaterThan(0);
        expect(JSON.stringify([world.eventBus.events, world.deletions.table.items()])).not.toContain('secret');
      }),
    );
  });
});
