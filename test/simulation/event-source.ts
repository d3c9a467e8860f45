import type { BatchAnswer } from '../../shared/stream/each-record.ts';
import type { Change } from './registry-changes.ts';
import { Actor } from './scheduler.ts';
import { linesOf } from './verdict.ts';
import type { World } from './world.ts';

/** What the failure queue gets: where the records stand, not the records (LA-03). */
export interface Letter {
  shard: number;
  first: string;
  last: string;
}

type Batch = readonly Change[];

/**
 * Lambda's reader of one shard, as AWS documents it: batches in order, each until it succeeds or its retries are used up; what fails comes back
 * from the lowest reported sequence number on, in halves if the mapping says so. Delivers at least once: now and then a batch goes out twice at
 * a time, or the reader starts over some records back and cuts other batches.
 */
export class EventSource {
  readonly letters: Letter[] = [];
  isDone = false;
  readonly #world: World;
  readonly #shard: number;
  readonly #poller: Actor;

  constructor(world: World, shard: number) {
    this.#world = world;
    this.#shard = shard;
    this.#poller = new Actor(`poller-${shard}`);
  }

  get #changes(): Batch {
    return this.#world.plan.shards[this.#shard] ?? [];
  }

  async run(): Promise<void> {
    const { random, plan } = this.#world;
    for (let position = 0; position < this.#changes.length; ) {
      await this.#turn();
      if (random.chance(plan.rewound)) position = Math.max(0, position - 1 - random.below(6));
      const size = plan.fullBatches ?? 1 + random.below(plan.maxBatch);
      const batch = this.#changes.slice(position, position + size);
      if ((await this.#deliver(batch)) !== 'starts-over') position += batch.length;
    }
    this.isDone = true;
  }

  /** Reads the shard again for a letter, and delivers what it names; once nothing is wrong any more. */
  async redrive({ first, last }: Letter): Promise<void> {
    const changes = this.#changes.filter(({ seq }) => BigInt(first) <= BigInt(seq) && BigInt(seq) <= BigInt(last));
    await this.#deliver(changes);
  }

  async #deliver(batch: Batch): Promise<'over' | 'starts-over'> {
    const { plan, random } = this.#world;
    let rest = batch;
    for (let attempt = 0; attempt <= plan.retries; attempt += 1) {
      rest = await this.#invoke(rest);
      if (rest.length === 0) return 'over';
      if (plan.doubled > 0 && random.chance(0.05)) return 'starts-over';
      if (plan.bisects && rest.length > 1) return await this.#deliverHalves(rest);
      await this.#turn();
    }
    this.#giveUp(rest);
    return 'over';
  }

  async #deliverHalves(batch: Batch): Promise<'over' | 'starts-over'> {
    const middle = Math.ceil(batch.length / 2);
    const first = await this.#deliver(batch.slice(0, middle));
    return first === 'starts-over' ? first : await this.#deliver(batch.slice(middle));
  }

  // Resolves with what has to come again.
  async #invoke(batch: Batch): Promise<Batch> {
    const { random, plan } = this.#world;
    if (random.chance(plan.doubled)) void this.#world.append(batch.slice(0, 1 + random.below(batch.length)));
    const answer = await this.#world.append(batch);
    return answer === 'died' ? batch : unhandled(batch, answer);
  }

  #giveUp(rest: Batch): void {
    const [first, last] = [rest[0]?.seq ?? '', rest.at(-1)?.seq ?? ''];
    const stored = linesOf(this.#world.bucket).length;
    for (const { id } of rest) if (!this.#world.givenUp.has(id)) this.#world.givenUp.set(id, stored);
    this.letters.push({ shard: this.#shard, first, last });
    this.#world.scheduler.note(`shard ${this.#shard} gives up ${first}–${last}`);
  }

  #turn(): Promise<void> {
    return this.#world.scheduler.turn(this.#poller, 'poll');
  }
}

// LA-02: from the lowest failing sequence number on; a name that is none of the batch's fails all of it.
function unhandled(batch: Batch, { batchItemFailures }: BatchAnswer): Batch {
  if (batchItemFailures.length === 0) return [];
  const failing = batchItemFailures.map(({ itemIdentifier }) => batch.findIndex(({ seq }) => seq === itemIdentifier));
  return batch.slice(Math.max(0, Math.min(...failing)));
}
