import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import { NO_TROUBLE } from './faults.ts';
import { type Plan, planOf, undisturbed } from './plan.ts';
import { Random } from './random.ts';
import { type Change, shardChanges } from './registry-changes.ts';
import { live } from './run.ts';
import type { Latency } from './scheduler.ts';
import { linesOf } from './verdict.ts';
import { World } from './world.ts';

/** Typical ms of a call; notes are 40 batch writes for 1,000 records. */
const TYPICAL_MS: Readonly<Record<string, number>> = {
  'head.read': 4,
  'head.findDone': 10,
  'head.replace': 20,
  'places.note': 200,
  put: 40,
  get: 25,
};

// A pause as the function's door makes it.
const latency =
  (poll: number): Latency =>
  (what, random) => {
    const [name = '', attempt] = what.split(' ');
    const typical =
      name === 'pause' ? Math.min(2 ** Number(attempt) * 10, 1000) : ({ ...TYPICAL_MS, poll }[name] ?? 1) * 2;
    return typical * random.next();
  };

const calm: Plan = { ...undisturbed(planOf(1)), trouble: NO_TROUBLE, seals: 0, maxWaiting: 1_000_000 };

function shardsOf(count: number, shards: number): Change[][] {
  return Array.from({ length: shards }, (_, shard) => shardChanges(new Random(shard), { shard, count }));
}

/** Nothing of it can be read: what AWS documents as always there is missing or of another kind. */
const POISON: readonly unknown[] = [
  { eventName: 'INSERT', dynamodb: { Keys: { pk: { X: 1 } } } },
  { eventName: 'DELETE', dynamodb: { ApproximateCreationDateTime: 'never', SequenceNumber: 'jane@example.org' } },
  { dynamodb: { ApproximateCreationDateTime: 1e300 } },
  {},
];

describe('a poison record', () => {
  it.each(POISON)('%j enters as an unknown change and stops nobody', async (record) => {
    const changes = shardsOf(7, 1)[0] ?? [];
    const poisoned = changes.map((change, index) =>
      index === 3 ? { ...change, record: { ...Object(record), eventID: change.id } } : change,
    );
    const world = new World({ ...calm, shards: [poisoned], maxBatch: 3 });
    await live(world);
    const records = linesOf(world.bucket).map((line) => JSON.parse(line) as LedgerRecord);
    expect(records.map(({ id }) => id)).toEqual(changes.map(({ id }) => id));
    expect(records[3]).toMatchObject({ event: 'unknown.changed', facts: {} });
    expect(world.givenUp.size).toBe(0);
  });
});

describe('under load', () => {
  it('one writer puts one object per full batch', async () => {
    const world = new World({ ...calm, shards: shardsOf(5000, 1), fullBatches: 1000 });
    await live(world);
    const puts = world.bucket.writes.filter((key) => key.startsWith('ledger/'));
    expect(puts).toHaveLength(5);
  });

  // Refused ones counted, as S3 charges for them.
  it.each([
    { shards: 2, pollMs: 30, load: 'without rest' },
    { shards: 4, pollMs: 2000, load: 'at some 3,000 changes a second' },
  ])('$shards writers $load need at most 2 PUTs per 1,000 records', async ({ shards, pollMs }) => {
    const plan = { ...calm, shards: shardsOf(5000, shards), fullBatches: 1000, latency: latency(pollMs) };
    const world = new World(plan);
    await live(world);
    expect(linesOf(world.bucket)).toHaveLength(5000 * shards);
    const ofSeal = world.bucket.writes.filter((key) => !key.startsWith('ledger/'));
    expect((world.bucket.puts - ofSeal.length) / (5 * shards)).toBeLessThanOrEqual(2);
  });
});
