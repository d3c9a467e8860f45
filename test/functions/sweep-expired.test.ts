import { describe, expect, it } from 'vitest';
import { sweepExpired } from '../../functions/sweep-expired/sweep-expired.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';

async function setUp() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  await registry.optOuts.record(sampleOptOut({ requestDays: 10 }));
  await registry.optOuts.record(sampleOptOut({ requestDays: 20, requestId: 'req_later' }));
  return {
    ...registry,
    clock,
    sweep: sweepExpired({ tables: [registry.expiredItems], now: clock.now, sweepAfterHours: 72 }),
  };
}

const keysOf = (items: Record<string, unknown>[]) => items.map(({ sk }) => sk);

describe('sweepExpired (DD-01)', () => {
  it('leaves TTL its time', async () => {
    const { sweep, clock, table } = await setUp();
    clock.pass(10 * 24 + 72);
    expect(await sweep()).toEqual({ removed: 0, kept: 0, lagSeconds: 0 });
    expect(table.items()).toHaveLength(3);
  });

  it('deletes what is overdue, and the stream tells that the sweeper did it', async () => {
    const { sweep, clock, table } = await setUp();
    clock.pass(10 * 24 + 72.01);
    expect(await sweep()).toEqual({ removed: 1, kept: 0, lagSeconds: 72 * 3600 + 35 });
    expect(keysOf(table.items())).toEqual(['REQUEST#req_later', 'SUPPRESSION']);
    expect(table.changes().at(-1)).toMatchObject({ kind: 'REMOVE', itemType: 'request', endedBy: 'sweeper' });
  });

  it('never deletes a suppression, however old (CS-08)', async () => {
    const { sweep, clock, table } = await setUp();
    clock.pass(50 * 365 * 24);
    expect(await sweep()).toMatchObject({ removed: 2, kept: 0 });
    expect(keysOf(table.items())).toEqual(['SUPPRESSION']);
  });

  it('finds nothing the second time', async () => {
    const { sweep, clock } = await setUp();
    clock.pass(30 * 24);
    await sweep();
    expect(await sweep()).toEqual({ removed: 0, kept: 0, lagSeconds: 0 });
  });

  it('keeps an item whose end moved after it was listed (DD-04)', async () => {
    const { clock, table, expiredItems } = await setUp();
    clock.pass(30 * 24);
    const items: typeof expiredItems = {
      listEndedBefore: expiredItems.listEndedBefore,
      remove: async (key, time) => {
        table.transact([{ key, apply: (item) => ({ ...item, expiresAt: time + 1 }) }]);
        return expiredItems.remove(key, time);
      },
    };
    const sweep = sweepExpired({ tables: [items], now: clock.now, sweepAfterHours: 72 });
    expect(await sweep()).toEqual({ removed: 0, kept: 2, lagSeconds: 0 });
    expect(table.items()).toHaveLength(3);
  });
});
