import { CHECKPOINT_PREFIX } from '../../shared/names.ts';
import { EventSource } from './event-source.ts';
import { NO_TROUBLE } from './faults.ts';
import { type Plan, planOf, undisturbed } from './plan.ts';
import { Actor } from './scheduler.ts';
import { linesOf, problems } from './verdict.ts';
import { type Mutation, World } from './world.ts';

/** What a run was like. */
export interface RunReport {
  steps: number;
  records: number;
  objects: number;
  checkpoints: number;
  /** Changes that went to the failure queue. */
  givenUp: number;
}

/** Runs one schedule to its end. Throws with the seed and the last steps when the ledger is not what it must be. */
export async function simulate(seed: number, mutation: Mutation = {}): Promise<RunReport> {
  const plan = planOf(seed);
  const expected = new World(undisturbed(plan));
  await live(expected);
  const world = new World(plan, mutation);
  let found: string[];
  try {
    await live(world);
    found = await problems(world, linesOf(expected.bucket));
  } catch (error) {
    found = [String(error)];
  }
  if (found.length > 0) throw new Error(failure(world, found));
  return report(world);
}

/** Everything that happens in a world, until nothing is left to do. */
export async function live(world: World): Promise<void> {
  const sources = world.plan.shards.map((_, shard) => new EventSource(world, shard));
  const tasks = [...sources.map((source) => source.run()), sealNowAndThen(world), jumpClocks(world)];
  await world.scheduler.settle();
  if (!sources.every(({ isDone }) => isDone)) throw new Error('A shard is stuck');
  await Promise.all(tasks);
  await makeUp(world, sources);
}

// Nothing is wrong any more: people redrive the failure queue, and the schedule seals.
async function makeUp(world: World, sources: readonly EventSource[]): Promise<void> {
  world.caller.trouble = NO_TROUBLE;
  for (const source of sources) {
    const count = source.letters.length;
    for (const letter of source.letters.slice(0, count)) {
      const redrive = source.redrive(letter);
      await world.scheduler.settle();
      await redrive;
    }
    if (source.letters.length > count) throw new Error('A redrive failed although nothing is wrong');
  }
  const seal = world.seal();
  await world.scheduler.settle();
  await seal;
}

async function sealNowAndThen(world: World): Promise<void> {
  const schedule = new Actor('schedule');
  for (let count = 0; count < world.plan.seals; count += 1) {
    for (let turns = world.random.below(20); turns > 0; turns -= 1) await world.scheduler.turn(schedule, 'wait');
    // The schedule does not wait for an answer: two seals may run side by side.
    void world.seal();
  }
}

/** Hours in which a function's clock may be wrong; and what may pass between two steps, 20 hours in all (DD-06). */
const SKEW_HOURS = 12;
const LEAP_HOURS = 4;
const HOUR_MS = 3_600_000;

async function jumpClocks(world: World): Promise<void> {
  const { plan, random, scheduler } = world;
  if (!plan.hasClockJumps) return;
  const clock = new Actor('clock');
  for (let leaps = 0; leaps < 5; leaps += 1) {
    for (let turns = random.below(15); turns > 0; turns -= 1) await scheduler.turn(clock, 'tick');
    scheduler.time += random.below(LEAP_HOURS * HOUR_MS);
    world.skew = (random.next() * 2 - 1) * SKEW_HOURS * HOUR_MS;
    scheduler.note('clocks jump');
  }
}

function report({ scheduler, bucket, table, givenUp }: World): RunReport {
  return {
    steps: scheduler.steps,
    records: table.head.size,
    objects: table.head.objects,
    checkpoints: bucket.list(CHECKPOINT_PREFIX).length,
    givenUp: givenUp.size,
  };
}

function failure({ plan, scheduler }: World, found: readonly string[]): string {
  const { seed, trouble, retries, bisects, doubled, rewound } = plan satisfies Plan;
  const settings = JSON.stringify({ trouble, retries, bisects, doubled, rewound });
  return [`SEED=${seed} ${found.join('; ')}`, settings, ...scheduler.trace].join('\n  ');
}
