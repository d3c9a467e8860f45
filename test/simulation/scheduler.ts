import type { Random } from './random.ts';

/** Something that a task waits for. */
interface Step {
  actor: Actor;
  what: string;
  run: () => void;
}

/** Ms that a step takes. */
export type Latency = (what: string, random: Random) => number;

/** One invocation of a function, or another task. It may die; then nothing that it still awaits ever comes back. */
export class Actor {
  readonly name: string;
  readonly death: Promise<'died'>;
  #isDead = false;
  #die: () => void = () => undefined;

  constructor(name: string) {
    this.name = name;
    this.death = new Promise((resolve) => {
      this.#die = () => resolve('died');
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
    this.#die();
  }
}

/** Steps of one run after which it counts as endless. */
const MAX_STEPS = 50_000;
const TRACE_LINES = 60;
/** Chance that a slow one lets somebody else go first, whenever it is its turn. */
const SLOWNESS = 0.95;
const NEVER = new Promise<never>(() => undefined);

/** Lets tasks go on one at a time, in an order that the seed alone decides: each await of a port is a point where others may come first. */
export class Scheduler {
  readonly #random: Random;
  readonly #waiting: (Step & { due: number })[] = [];
  readonly #slow = new WeakMap<Actor, boolean>();
  readonly #latency: Latency | undefined;
  readonly trace: string[] = [];
  /** Virtual time in ms. */
  time = Date.parse('2026-11-23T08:00:00Z');
  steps = 0;

  /** With a latency, steps come when they are due: as under load. */
  constructor(random: Random, latency?: Latency) {
    this.#random = random;
    this.#latency = latency;
  }

  /** Waits for its turn, and for that only. */
  turn(actor: Actor, what: string): Promise<void> {
    if (actor.isDead) return NEVER;
    return new Promise((resolve) => this.add({ actor, what, run: resolve }));
  }

  add(step: Step): void {
    this.#waiting.push({ ...step, due: this.time + (this.#latency?.(step.what, this.#random) ?? 0) });
  }

  note(line: string): void {
    this.trace.push(`${this.steps} ${line}`);
    if (this.trace.length > TRACE_LINES) this.trace.shift();
  }

  #anyone(): number {
    this.time += 1 + this.#random.below(40);
    for (let passes = 0; ; passes += 1) {
      const index = this.#random.below(this.#waiting.length);
      const actor = this.#waiting[index]?.actor;
      if (passes === 4 || actor === undefined || !this.#isSlow(actor)) return index;
      if (!this.#random.chance(SLOWNESS)) return index;
    }
  }

  // Some invocations are far slower than all others: between two of their calls others begin and end.
  #isSlow(actor: Actor): boolean {
    const isSlow = this.#slow.get(actor) ?? this.#random.chance(0.2);
    this.#slow.set(actor, isSlow);
    return isSlow;
  }

  #first(): number {
    this.time = Math.max(this.time, Math.min(...this.#waiting.map(({ due }) => due)));
    return this.#waiting.findIndex(({ due }) => due <= this.time);
  }

  /** Runs until nothing waits any more. */
  async settle(): Promise<void> {
    for (await microtasks(); this.#waiting.length > 0; await microtasks()) {
      this.steps += 1;
      if (this.steps > MAX_STEPS) throw new Error('The run does not end');
      const [step] = this.#waiting.splice(this.#latency === undefined ? this.#anyone() : this.#first(), 1);
      step?.run();
    }
  }
}

// All that can go on without a turn goes on before the next turn is given.
function microtasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
