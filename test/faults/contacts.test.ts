import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { bodyOf, CUSTOMER, contactCalls } from '../support/contact-calls.ts';
import type { FaultKind } from '../support/fake-aws/fake-aws.ts';
import { runHeed } from '../support/fake-aws/running-heed.ts';

type Calls = ReturnType<typeof contactCalls>;

const KINDS: readonly FaultKind[] = ['refused', 'lost-before', 'lost-after', 'once-lost-after'];
const START = new Date('2026-11-26T10:00:00.500Z');
const CANCELLATION = { cancelledAt: '2026-11-20T10:00:00Z' };
const HOLD = { reason: 'A dispute' };

/** One call of the interface. `prepare` runs undisturbed; `act` is repeated as a client does that was told to try again. */
interface Scenario {
  name: string;
  prepare(calls: Calls): Promise<unknown>;
  act(calls: Calls): ReturnType<Calls['show']>;
}

async function cancelled(calls: Calls): Promise<void> {
  await calls.put(CUSTOMER);
  await calls.cancel(CANCELLATION);
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'put-contact (new)', prepare: async () => {}, act: (calls) => calls.put(CUSTOMER) },
  {
    name: 'put-contact (after the end of a class)',
    prepare: async (calls) => {
      await calls.put(CUSTOMER);
      await calls.cancel({ cancelledAt: '2026-10-01T10:00:00Z' });
      vi.setSystemTime(START.getTime() + 60_000);
    },
    act: (calls) => calls.put({ ...CUSTOMER, identifiers: [], classes: { marketing: {} } }),
  },
  { name: 'cancel-contact', prepare: (calls) => calls.put(CUSTOMER), act: (calls) => calls.cancel(CANCELLATION) },
  { name: 'reactivate-contact', prepare: cancelled, act: (calls) => calls.reactivate() },
  { name: 'hold-contact', prepare: cancelled, act: (calls) => calls.hold(HOLD) },
  {
    name: 'release-contact',
    prepare: async (calls) => {
      await cancelled(calls);
      await calls.hold(HOLD);
    },
    act: (calls) => calls.release(),
  },
];

vi.useFakeTimers({ toFake: ['Date'] });
vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const heed = await runHeed();
const calls = contactCalls(heed);

afterAll(async () => {
  await heed.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Plays a scenario; says which calls to AWS were made, what is left, and how often a class was deleted. */
async function play({ prepare, act }: Scenario, faults: readonly (readonly [call: number, kind: FaultKind])[] = []) {
  vi.setSystemTime(START);
  heed.restart();
  await prepare(calls);
  const from = heed.aws.contacts.stream.length;
  heed.aws.arm(new Map(faults));
  await untilDone(() => act(calls));
  const names = heed.aws.calls.map(({ name }) => name);
  heed.aws.arm(new Map());
  const deleted = heed.aws.contacts.stream.slice(from).filter(({ eventName }) => eventName === 'REMOVE').length;
  return { calls: names, deleted, items: itemsLeft(), shown: bodyOf(await calls.show()) };
}

// A repeat may find that the first try, whose answer was lost, has done it: then the hold is not there any more.
async function untilDone(act: () => ReturnType<Calls['show']>): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const answer = await act();
    if (answer.statusCode !== 503) {
      expect([200, 201, ...(attempt > 0 && bodyOf(answer).code === 'hold.unknown' ? [404] : [])]).toContain(
        answer.statusCode,
      );
      return;
    }
    expect(bodyOf(answer)).not.toHaveProperty('classes');
  }
  throw new Error('It never worked');
}

// Whoever writes the same again counts one write more.
function itemsLeft(): string[] {
  const items = heed.aws.contacts.items().map((item) => unmarshall(item));
  const written = items.map(({ version: _, ...item }) => JSON.stringify(Object.entries(item).sort(byName)));
  return written.sort((a, b) => (a < b ? -1 : 1));
}

for (const scenario of SCENARIOS) {
  const undisturbed = await play(scenario);
  const faults = undisturbed.calls.flatMap((name, call) => KINDS.map((kind) => ({ name, call, kind })));

  describe(`${scenario.name} ends the same`, () => {
    it.each(faults)('when call $call, $name, is $kind', async ({ call, kind }) => {
      const { calls: _, ...left } = await play(scenario, [[call, kind]]);
      expect(left).toEqual({ items: undisturbed.items, deleted: undisturbed.deleted, shown: undisturbed.shown });
    });
  });
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
