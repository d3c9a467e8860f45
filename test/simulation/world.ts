import { type AppendLedgerPorts, appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import { type LedgerLine, ledgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { LedgerRolledBack, sealLedger } from '../../functions/seal-ledger/seal-ledger.ts';
import type { BatchAnswer } from '../../shared/stream/each-record.ts';
import { Caller } from './faults.ts';
import type { Plan } from './plan.ts';
import { Random } from './random.ts';
import type { Change } from './registry-changes.ts';
import { Actor, Scheduler } from './scheduler.ts';
import { signerIn } from './signer.ts';
import { Bucket, LedgerTable } from './stores.ts';
import { type Ports, portsOf } from './world-ports.ts';

/** A bug, planted between the code and its world. */
export interface Mutation {
  ports?: (ports: Ports, world: World, actor: Actor) => Ports;
  /** What a function answers when it failed. */
  answer?: (batch: readonly Change[]) => BatchAnswer;
}

/** One run: stores, clocks and the functions that are invoked in it. */
export class World {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly caller: Caller;
  readonly bucket = new Bucket();
  readonly table = new LedgerTable();
  /** Failures that nobody repeats: a person is called. */
  readonly alarms: string[] = [];
  /** Changes that went to the failure queue, and how many records were stored then. */
  readonly givenUp = new Map<string, number>();
  /** Ms by which the functions' clocks are wrong. */
  skew = 0;
  readonly #mutation: Mutation;
  #invocations = 0;

  constructor(plan: Plan, mutation: Mutation = {}) {
    this.plan = plan;
    this.#mutation = mutation;
    this.random = new Random(plan.seed ^ 0x5eed);
    this.scheduler = new Scheduler(this.random, plan.latency);
    this.caller = new Caller(this.scheduler, this.random, plan.trouble);
  }

  now(): Date {
    return new Date(this.scheduler.time + this.skew);
  }

  /** What Lambda gets to know of one invocation of append-ledger. */
  append(batch: readonly Change[]): Promise<BatchAnswer | 'died'> {
    const actor = this.#actor('append');
    this.scheduler.note(
      `${actor.name} gets ${batch.map(({ id }) => `${Number(id.slice(0, 4))}/${Number(id.slice(4))}`).join(' ')}`,
    );
    const ports = { ...this.#ports(actor), ...this.#appendExtras(actor) };
    return Promise.race([this.#answer(ports, batch), actor.death]);
  }

  /** One invocation of seal-ledger. */
  async seal(): Promise<void> {
    const actor = this.#actor('seal');
    const { heads, objects, reader } = this.#ports(actor);
    const signer = () => signerIn(this.caller, actor);
    const sealing = sealLedger({ heads, objects, reader, signer, now: () => this.now() })();
    try {
      await Promise.race([sealing, actor.death]);
    } catch (error) {
      this.scheduler.note(`${actor.name} fails: ${String(error)}`);
      if (error instanceof LedgerRolledBack) this.alarms.push(String(error));
    }
  }

  // As the function's door does it: a batch stands or falls as a whole.
  async #answer(ports: AppendLedgerPorts, batch: readonly Change[]): Promise<BatchAnswer> {
    try {
      await appendLedger(ports)(batch.map(lineOf));
      return { batchItemFailures: [] };
    } catch (error) {
      this.scheduler.note(`a batch fails: ${String(error)}`);
      return this.#mutation.answer?.(batch) ?? { batchItemFailures: [{ itemIdentifier: batch[0]?.seq ?? '' }] };
    }
  }

  #actor(capability: string): Actor {
    this.#invocations += 1;
    return new Actor(`${capability}-${this.#invocations}`);
  }

  #ports(actor: Actor): Ports {
    const ports = portsOf(this, actor);
    return this.#mutation.ports?.(ports, this, actor) ?? ports;
  }

  #appendExtras(actor: Actor): Omit<AppendLedgerPorts, keyof Ports> {
    return {
      pause: (attempt) => this.scheduler.turn(actor, `pause ${attempt}`),
      askForSeal: () => this.caller.call(actor, { what: 'ask for a seal', effect: () => void this.seal() }),
      maxWaiting: this.plan.maxWaiting,
    };
  }
}

const lines = new WeakMap<Change, LedgerLine>();

// A pure function of the record, and the same change is delivered many times.
function lineOf(change: Change): LedgerLine {
  const line = lines.get(change) ?? ledgerLine(change.record, () => undefined);
  lines.set(change, line);
  return line;
}
