import { plainEnd } from './plain-calendar.ts';

type Plain = Parameters<typeof plainEnd>[1];

/** A rule in plain numbers. */
export interface PlainRule {
  trigger: 'cancellation' | 'contract-end' | 'last-contact';
  period: Plain;
  isStatutory: boolean;
}
export type PlainPolicy = Readonly<Record<string, PlainRule>>;

interface StatusEvent {
  at: number;
  cancelledAt?: number | undefined;
  contractEndsAt?: number | undefined;
}

interface PlainClass {
  lastContactAt?: number | undefined;
  /** When it is due, by schedule or erasure. */
  due?: number | undefined;
  isErased: boolean;
  /** Not before this. */
  floor: number;
  /** When its end was last written, before which nothing ends. */
  writtenAt: number;
  /** An erasure's end is exact. */
  exactEnd?: number | undefined;
  policy?: string | undefined;
}

const GRACE = 7 * 86_400_000;

/**
 * Says when each class of one contact ends, from what happened to it: slowly, in plain numbers, by the words of the requirements and by nothing of
 * the code under test. Told of deletions, it forgets.
 */
export class Oracle {
  classes = new Map<string, PlainClass>();
  holds = new Set<string>();
  #events: StatusEvent[] = [];
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The newest event decides, in whatever order they came; of two at one time the cancellation. */
  get status(): StatusEvent | undefined {
    const newest = Math.max(...this.#events.map(({ at }) => at));
    const latest = this.#events.filter(({ at }) => at === newest);
    return latest.findLast(({ cancelledAt }) => cancelledAt !== undefined) ?? latest.at(-1);
  }

  get isHeld(): boolean {
    return this.holds.size > 0;
  }

  /** `undefined`: no end. */
  endOf(name: string): number | undefined {
    const one = this.classes.get(name);
    if (one?.due === undefined || this.isHeld) return undefined;
    if (one.exactEnd !== undefined) return one.exactEnd;
    return Math.ceil(Math.max(one.due, one.floor, one.writtenAt) / 1000);
  }

  isOver(now: number): boolean {
    const ends = [...this.classes.keys()].map((name) => this.endOf(name));
    return ends.every((end) => end !== undefined && end * 1000 <= now);
  }

  put(
    now: number,
    policy: [string, PlainPolicy],
    put: { name: string; lastContactAt?: number | undefined; activeSince?: number | undefined },
  ): void {
    if (this.isOver(now)) this.forgetContact();
    const known = this.classes.get(put.name) ?? { isErased: false, floor: 0, writtenAt: now };
    if (put.activeSince !== undefined) this.#decide(now, policy, { at: put.activeSince });
    this.classes.set(put.name, { ...known, isErased: false, lastContactAt: put.lastContactAt ?? known.lastContactAt });
    this.#schedule(put.name, now, policy);
  }

  cancel(
    now: number,
    policy: [string, PlainPolicy],
    asked: { cancelledAt: number; contractEndsAt?: number | undefined },
  ): void {
    const known = this.status;
    if (known?.cancelledAt === asked.cancelledAt && known.contractEndsAt === asked.contractEndsAt) return;
    this.#decide(now, policy, { at: Math.min(asked.cancelledAt, now), ...asked });
  }

  reactivate(now: number, policy: [string, PlainPolicy], at: number): void {
    this.#decide(now, policy, { at });
  }

  hold(id: string): void {
    this.holds.add(id);
    for (const one of this.classes.values()) one.exactEnd = undefined;
  }

  release(id: string, now: number): void {
    const wasHeld = this.holds.delete(id);
    if (!wasHeld) return;
    for (const one of this.classes.values()) {
      if (!this.isHeld) one.floor = Math.max(one.floor, now + GRACE);
      one.writtenAt = now;
    }
  }

  erase(now: number, policy: PlainPolicy): void {
    for (const [name, one] of this.classes) {
      if (policy[name]?.isStatutory) continue;
      one.due = one.due !== undefined && one.due < now ? one.due : Math.floor(now / 1000) * 1000;
      one.isErased = true;
      one.floor = 0;
      one.exactEnd = this.isHeld ? undefined : Math.floor(now / 1000);
    }
  }

  changePolicy(now: number, [version, policy]: [string, PlainPolicy]): void {
    for (const [name, one] of this.classes) {
      if (one.due === undefined || one.isErased || one.policy === version) continue;
      const due = this.#dueOf(policy[name], one);
      if (due === undefined) continue;
      const old = Math.max(one.due, one.floor);
      if (due < one.due) one.floor = Math.min(old, Math.max(now + GRACE, one.floor));
      Object.assign(one, { due, policy: version, writtenAt: now });
    }
  }

  forgetClass(name: string): void {
    this.classes.delete(name);
  }

  /** The contact's own item is gone: nothing is known of its status, but that what is left is over. */
  forgetContact(): void {
    this.#events = [];
    this.holds.clear();
  }

  #decide(now: number, policy: [string, PlainPolicy], event: StatusEvent): void {
    const before = this.status;
    this.#events.push(event);
    if (this.status === event && before !== event)
      for (const name of this.classes.keys()) this.#schedule(name, now, policy);
    else this.#events.pop();
  }

  #schedule(name: string, now: number, [version, policy]: [string, PlainPolicy]): void {
    const one = this.classes.get(name);
    if (one === undefined) return;
    one.writtenAt = now;
    one.exactEnd = undefined;
    if (one.isErased) return;
    one.due = this.#dueOf(policy[name], one);
    one.policy = version;
  }

  #dueOf(rule: PlainRule | undefined, { lastContactAt }: PlainClass): number | undefined {
    const { cancelledAt, contractEndsAt } = this.status ?? {};
    if (cancelledAt === undefined || rule === undefined) return undefined;
    const start = {
      cancellation: cancelledAt,
      'contract-end': contractEndsAt ?? cancelledAt,
      'last-contact': lastContactAt ?? cancelledAt,
    }[rule.trigger];
    return plainEnd(new Date(start), rule.period, this.#timeZone).getTime();
  }
}
