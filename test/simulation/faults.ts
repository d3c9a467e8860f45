import type { Random } from './random.ts';
import type { Actor, Scheduler } from './scheduler.ts';

export const FAULTS = [
  /** Throttled or refused: nothing happened. */
  'refused',
  /** It happened, and the answer was lost. */
  'answer-lost',
  /** It happened, the answer was lost, and the SDK sent it again. */
  'sent-twice',
  'crash-before',
  'crash-after',
  /** The function's time is over while the request is on its way; it arrives when it likes. */
  'lands-late',
  /** A part happened (batch writes), then it was refused. */
  'partly',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What goes wrong in a world. */
export interface Trouble {
  /** Per call. */
  probability: number;
  kinds: readonly Fault[];
  /** Steps from and to which nothing answers. */
  outage: readonly [from: number, to: number];
}

export const NO_TROUBLE: Trouble = { probability: 0, kinds: [], outage: [0, 0] };

/** A call of a port. */
export interface Call<T> {
  what: string;
  effect: () => T;
  /** What may be left of it when it fails halfway. */
  half?: () => void;
}

/** Makes calls of ports: each gets its turn, and maybe a fault. */
export class Caller {
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  trouble: Trouble;

  constructor(scheduler: Scheduler, random: Random, trouble: Trouble) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.trouble = trouble;
  }

  call<T>(actor: Actor, call: Call<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (actor.isDead) return;
      const run = () => {
        if (actor.isDead) return;
        const fault = this.#choose();
        this.#scheduler.note(`${actor.name} ${call.what}${fault === undefined ? '' : ` [${fault}]`}`);
        try {
          this.#run(actor, call, fault, resolve);
        } catch (error) {
          reject(error);
        }
      };
      this.#scheduler.add({ actor, what: call.what, run });
    });
  }

  #choose(): Fault | undefined {
    const { probability, kinds, outage } = this.trouble;
    const [from, to] = outage;
    if (from <= this.#scheduler.steps && this.#scheduler.steps < to) return 'refused';
    return kinds.length > 0 && this.#random.chance(probability) ? this.#random.pick(kinds) : undefined;
  }

  #run<T>(actor: Actor, call: Call<T>, fault: Fault | undefined, resolve: (value: T) => void): void {
    if (fault === 'refused') throw new Error('refused');
    if (fault === 'partly') this.#half(call);
    if (fault === 'lands-late') this.#landLate(actor, call);
    if (fault === 'crash-before') actor.die();
    if (actor.isDead) return;
    const answer = call.effect();
    if (fault === 'answer-lost') throw new Error('the answer was lost');
    if (fault === 'crash-after') actor.die();
    else resolve(fault === 'sent-twice' ? call.effect() : answer);
  }

  #half({ half }: Pick<Call<unknown>, 'half'>): never {
    half?.();
    throw new Error('refused halfway');
  }

  #landLate(actor: Actor, { what, effect }: Call<unknown>): void {
    actor.die();
    const run = () => {
      this.#scheduler.note(`${actor.name} (dead) ${what} lands`);
      effect();
    };
    this.#scheduler.add({ actor, what, run });
  }
}
