import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contactClassKey, contactKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { contactIn, END, findItem, keyOf, restoredWorld, timeOf } from '../support/restored-world.ts';

interface Step {
  kind: 'choose' | 'class' | 'contact' | 'drop';
  who: string;
  of: string;
  isOut: boolean;
  n: number;
}

const PEOPLE = ['c1', 'c2', 'c3'];
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('choose', 'class', 'contact', 'drop'),
  who: fc.constantFrom(...PEOPLE),
  of: fc.constantFrom('account', 'billing'),
  isOut: fc.boolean(),
  n: fc.nat({ max: 50 }),
});
const steps = fc.array(step, { maxLength: 25 });

type World = ReturnType<typeof restoredWorld>;
const classOf = ({ who, of }: Step) => contactClassKey(keyOf(who), of);

const ACTIONS: Record<Step['kind'], (world: World, step: Step, minute: number) => void> = {
  choose: ({ choose }, { who, isOut }, minute) =>
    choose(who, 'any:marketing', isOut ? 'opted-out' : 'opted-in', timeOf(minute)),
  contact: ({ change }, { who, n }) =>
    change(contactKey(keyOf(who)), { state: 'cancelled', cancelledAt: timeOf(n), decidedAt: timeOf(n) }),
  class: ({ change }, { n, ...at }) =>
    change(classOf({ n, ...at }), { subjectKey: keyOf(at.who), class: at.of, due: timeOf(n), expiresAt: END + n }),
  drop: ({ drop, original }, at) => {
    if (findItem(original(), classOf(at)) !== undefined) drop(classOf(at));
  },
};

/** A world whose backup lies between two stretches of time. */
function worldOf(before: readonly Step[], since: readonly Step[]): World {
  const world = restoredWorld();
  for (const name of PEOPLE) contactIn(world, name);
  for (const [minute, one] of before.entries()) ACTIONS[one.kind](world, one, minute);
  world.takeBackup();
  for (const [minute, one] of since.entries()) ACTIONS[one.kind](world, one, before.length + minute);
  return world;
}

const endOf = (item: object | undefined) => {
  const { due, expiresAt, version } = (item ?? {}) as Record<string, unknown>;
  return { due, expiresAt, version };
};

it('a replay leaves nobody open who opted out, nothing that was deleted, and every end equal; twice as once (DD-09)', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, async (before, since) => {
      const world = worldOf(before, since);
      const { restored, again } = await world.restore();
      const [once, original] = [restored.items(), world.original()];
      await again();
      expect(restored.items()).toEqual(once);
      for (const item of once.filter(({ sk }) => sk.startsWith('CLASS#')))
        expect(endOf(findItem(original, item))).toEqual(endOf(item));
      for (const item of original.filter(({ sk }) => sk === 'SUPPRESSION')) expect(findItem(once, item)).toEqual(item);
    }),
    { numRuns: 300 },
  );
});
