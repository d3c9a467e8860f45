import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { simulate } from './run.ts';

/** `SEED=… npx vitest run test/simulation` runs that one schedule again. */
const { SEED } = process.env;
const [FIRST, COUNT] = SEED === undefined ? [1, 2000] : [Number(SEED), 1];
/** Schedules within which a planted bug must show. */
const PATIENCE = 300;

describe('the ledger under faults', () => {
  it(`ends as in the undisturbed run in ${COUNT} schedules from seed ${FIRST}`, { timeout: 240_000 }, async () => {
    const sum = { records: 0, checkpoints: 0, givenUp: 0 };
    for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
      const run = await simulate(seed);
      sum.records += run.records;
      sum.checkpoints += run.checkpoints;
      sum.givenUp += run.givenUp;
    }
    // Schedules in which nothing happens prove nothing.
    expect(sum.records).toBeGreaterThan(COUNT);
    if (COUNT > 1) expect(sum.givenUp).toBeGreaterThan(COUNT / 10);
  });

  it('runs alike for one seed', async () => {
    expect(await simulate(7)).toEqual(await simulate(7));
  });
});

describe('the simulator notices that', () => {
  it.each(Object.entries(MUTANTS))('%s', { timeout: 120_000 }, async (_, mutation) => {
    let failure: unknown;
    for (let seed = 1; seed <= PATIENCE && failure === undefined; seed += 1) {
      failure = await simulate(seed, mutation).then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    expect(String(failure)).toContain('SEED=');
  });
});
