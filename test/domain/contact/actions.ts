import fc from 'fast-check';
import * as change from '../../../shared/domain/contact/contact-changes.ts';
import { eraseContact } from '../../../shared/domain/contact/contact-erasure.ts';
import { rescheduleContact } from '../../../shared/domain/contact/contact-rescheduling.ts';
import { epochSeconds } from '../../../shared/domain/epoch.ts';
import { CONTACT, type Life } from './life.ts';
import { CLASSES } from './policies.ts';

const HOUR = 3_600_000;
const GRACE = 7 * 24 * HOUR;

const hours = (min: number, max: number) => fc.integer({ min, max });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** What may happen, and what it takes; times are hours from the moment at which it happens. */
const ACTIONS = {
  put: {
    weight: 3,
    with: {
      name: fc.constantFrom(...CLASSES),
      lastContact: maybe(hours(-2000, 0)),
      activeSince: maybe(hours(-2000, 0)),
    },
  },
  cancel: { weight: 3, with: { at: hours(-3000, 1000), contractEnd: maybe(hours(0, 3000)) } },
  reactivate: { weight: 2, with: { at: hours(-1000, 0) } },
  hold: { weight: 2, with: { id: fc.constantFrom('a', 'b') } },
  release: { weight: 2, with: { id: fc.constantFrom('a', 'b') } },
  policy: { weight: 1, with: { index: fc.nat(2) } },
  erase: { weight: 1, with: {} },
  // TTL is up to 14 days late, and looks at what it likes.
  ttl: { weight: 3, with: { late: hours(0, 14 * 24), takes: fc.nat(15) } },
  sweep: { weight: 1, with: {} },
  wait: { weight: 5, with: { hours: fc.oneof(hours(0, 72), hours(0, 5000)) } },
  jump: { weight: 1, with: { hours: hours(-48, 48) } },
} as const;

type Kind = keyof typeof ACTIONS;
type Facts<K extends Kind> = {
  [N in keyof (typeof ACTIONS)[K]['with']]: (typeof ACTIONS)[K]['with'][N] extends fc.Arbitrary<infer T> ? T : never;
};
export type Action = { [K in Kind]: { kind: K } & Facts<K> }[Kind];

export const action: fc.Arbitrary<Action> = fc.oneof(
  ...Object.entries(ACTIONS).map(([kind, { weight, with: facts }]) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kind), ...facts }) as unknown as fc.Arbitrary<Action>,
  })),
);

/** Does it to the contact, and tells the oracle. */
export async function act(life: Life, step: Action): Promise<void> {
  await (DOINGS[step.kind] as (life: Life, step: Action) => Promise<void>)(life, step);
}

const DOINGS: { [K in Kind]: (life: Life, step: Facts<K>) => Promise<void> } = {
  wait: async (life, step) => {
    life.time += step.hours * HOUR;
  },
  jump: async (life, step) => {
    life.skew = step.hours * HOUR;
  },
  ttl: async (life, { late, takes }) => {
    life.contacts.ttl(new Date(life.time - late * HOUR), (item) => looksAt(takes, item));
    life.noteDeletions();
  },
  sweep: async (life) => {
    const stored = await life.present();
    const yesterday = Math.floor((life.now.getTime() - 24 * HOUR) / 1000);
    if (stored !== undefined) await life.contacts.purge(stored, epochSeconds(yesterday));
    life.noteDeletions();
  },
  put: async (life, { name, ...step }) => {
    const [lastContactAt, activeSince] = [inHours(life, step.lastContact), inHours(life, step.activeSince)];
    const put = { identifiers: [], activeSince, classes: { [name]: { lastContactAt } } };
    await life.write((known) => change.putContact(known, CONTACT, put, life.rules).contact);
    const facts = { name, lastContactAt: lastContactAt?.getTime(), activeSince: activeSince?.getTime() };
    life.oracle.put(life.now.getTime(), life.plainPolicy, facts);
  },
  hold: async (life, { id }) => {
    if ((await life.present()) === undefined) return;
    const hold = { reason: 'dispute', by: 'staff', placedAt: life.now };
    await life.write((known) => known && change.holdContact(known, id, hold, life.rules).contact, true);
    life.oracle.hold(id);
  },
  cancel: whileLiving(async (life, { at, contractEnd }) => {
    const cancelledAt = inHours(life, at) ?? life.now;
    const contractEndsAt = contractEnd === undefined ? undefined : new Date(cancelledAt.getTime() + contractEnd * HOUR);
    await life.write(
      (known) => change.cancelContact(known, CONTACT, { cancelledAt, contractEndsAt }, life.rules).contact,
    );
    const facts = { cancelledAt: cancelledAt.getTime(), contractEndsAt: contractEndsAt?.getTime() };
    life.oracle.cancel(life.now.getTime(), life.plainPolicy, facts);
  }),
  reactivate: whileLiving(async (life, step) => {
    const at = inHours(life, step.at) ?? life.now;
    await life.write((known) => change.reactivateContact(known, CONTACT, at, life.rules).contact);
    life.oracle.reactivate(life.now.getTime(), life.plainPolicy, at.getTime());
  }),
  release: whileLiving(async (life, { id }) => {
    await life.write((known) => known && change.releaseContact(known, id, graceUntil(life), life.rules).contact);
    life.oracle.release(id, life.now.getTime());
  }),
  policy: whileLiving(async (life, { index }) => {
    life.policy = index;
    const rescheduling = () => ({ ...life.rules, graceUntil: graceUntil(life) });
    await life.write((known) => known && rescheduleContact(known, rescheduling()).contact);
    life.oracle.changePolicy(life.now.getTime(), life.plainPolicy);
  }),
  erase: whileLiving(async (life) => {
    const erasure = { requestId: 'req_1', at: life.now } as const;
    await life.write((known) => known && eraseContact(known, erasure, life.rules).contact);
    life.oracle.erase(life.now.getTime(), life.plainPolicy[1]);
  }),
};

/** For what can only be done to a contact that everybody can see. */
function whileLiving<F>(doing: (life: Life, step: F) => Promise<void>) {
  return async (life: Life, step: F): Promise<void> => {
    if ((await life.living()) !== undefined) await doing(life, step);
  };
}

function inHours(life: Life, count: number | undefined): Date | undefined {
  return count === undefined ? undefined : new Date(life.now.getTime() + count * HOUR);
}

function graceUntil(life: Life): Date {
  return new Date(life.now.getTime() + GRACE);
}

/** Which items this pass of TTL looks at, by a bit for each. */
function looksAt(bits: number, item: string): boolean {
  const place = ['CONTACT', ...CLASSES.map((name) => `CLASS#${name}`)].indexOf(item);
  return (bits & (1 << place)) !== 0;
}
