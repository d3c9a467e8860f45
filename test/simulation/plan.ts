import { FAULTS, NO_TROUBLE, type Trouble } from './faults.ts';
import { Random } from './random.ts';
import { type Change, shardChanges } from './registry-changes.ts';
import type { Latency } from './scheduler.ts';

/** A world before it starts: what the stream holds, and what will go wrong. */
export interface Plan {
  seed: number;
  shards: readonly (readonly Change[])[];
  trouble: Trouble;
  /** Settings of the event source mapping (LA-01). */
  maxBatch: number;
  /** Batches of exactly this many, as under load; of a random size otherwise. */
  fullBatches?: number;
  latency?: Latency;
  retries: number;
  bisects: boolean;
  /** Chances, per batch, of a second delivery at the same time, and of starting over some records back. */
  doubled: number;
  rewound: number;
  /** Clocks of functions jump, and hours pass between two steps. */
  hasClockJumps: boolean;
  seals: number;
  maxWaiting: number;
}

export function planOf(seed: number): Plan {
  const random = new Random(seed);
  return {
    seed,
    shards: Array.from({ length: 1 + random.below(4) }, (_, shard) =>
      shardChanges(random, { shard, count: 2 + random.below(6) }),
    ),
    trouble: troubleOf(random),
    maxBatch: 1 + random.below(6),
    retries: random.pick([3, 10, 10, 10]),
    bisects: random.chance(0.5),
    doubled: random.pick([0, 0.1, 0.3]),
    rewound: random.pick([0, 0.1, 0.3]),
    hasClockJumps: random.chance(0.25),
    seals: random.below(5),
    maxWaiting: 1 + random.below(10),
  };
}

/** The same changes without any trouble: what the ledger must come to. */
export function undisturbed(plan: Plan): Plan {
  return { ...plan, trouble: NO_TROUBLE, doubled: 0, rewound: 0, hasClockJumps: false, maxBatch: 1000, seals: 0 };
}

function troubleOf(random: Random): Trouble {
  const start = random.below(150);
  const chosen = FAULTS.filter(() => random.chance(0.5));
  return {
    probability: random.pick([0.02, 0.05, 0.1, 0.15, 0.25]),
    kinds: chosen.length > 0 ? chosen : FAULTS,
    outage: random.chance(0.15) ? [start, start + 50 + random.below(300)] : [0, 0],
  };
}
