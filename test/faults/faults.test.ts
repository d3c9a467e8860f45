import { afterAll, describe, expect, it, vi } from 'vitest';
import type { FaultKind } from '../support/fake-aws/fake-aws.ts';
import { type Outcome, outcomeOf } from '../support/fake-aws/outcome.ts';
import { runHeed } from '../support/fake-aws/running-heed.ts';
import { isKeyPublished, ledgerDefects, sealedKeys } from '../support/fake-aws/stored-ledger.ts';
import { isOptedOut, SCENARIOS, type Scenario } from './scenarios.ts';

const KINDS: readonly FaultKind[] = ['refused', 'lost-before', 'lost-after', 'once-lost-after'];
const START = new Date('2026-11-23T10:00:00.500Z');

// Here and not in a hook, since the names of the tests come out of undisturbed runs.
vi.useFakeTimers({ toFake: ['Date'] });
vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const heed = await runHeed();

afterAll(async () => {
  await heed.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Plays a scenario; says which calls the handler made, what it left sealed, and what is left once everything else has followed. */
async function play({ prepare, act }: Scenario, faults: readonly (readonly [call: number, kind: FaultKind])[] = []) {
  vi.setSystemTime(START);
  heed.restart();
  await prepare(heed);
  heed.aws.arm(new Map(faults));
  await act(heed);
  const calls = heed.aws.calls.map(({ name }) => name);
  heed.aws.arm(new Map());
  const sealed = sealedKeys(heed.aws);
  await heed.settle();
  await heed.redeliver();
  await heed.seal();
  return { calls, sealed, outcome: outcomeOf(heed.aws), defects: await ledgerDefects(heed.aws) };
}

/** Who presses the button again has asked twice. */
const ASKS_ANEW = /^(submit|change|order)-/;

// The second record stands beside the first, and its mail is withheld (EM-09).
function withoutRepeat({ items }: Outcome): string[] {
  return [...new Set(items)]
    .filter((item) => !item.includes('"receipt":"withheld"'))
    .map((item) => (item.includes('"sk":"SUPPRESSION"') ? item.replace(/"version":\d+/, '') : item));
}

function withoutDoubt(items: string[]): string[] {
  return items.map((item) => item.replace('"receipt":"unconfirmed"', '"receipt":"sent"'));
}

for (const scenario of SCENARIOS) {
  const { calls, sealed: sealedAlone, outcome: undisturbed } = await play(scenario);
  const faults = calls.flatMap((name, call) => KINDS.map((kind) => ({ name, call, kind })));

  describe(`${scenario.name} ends the same`, () => {
    it.each(faults)('when call $call, $name, is $kind', async ({ name, call, kind }) => {
      const { outcome, sealed, defects } = await play(scenario, [[call, kind]]);
      const isInDoubt = scenario.name === 'send-mail' && call >= calls.indexOf('POST v2');
      const items = ASKS_ANEW.test(scenario.name) ? withoutRepeat(outcome) : outcome.items;
      const expected = ASKS_ANEW.test(scenario.name) ? withoutRepeat(undisturbed) : undisturbed.items;

      expect(isInDoubt ? withoutDoubt(items) : items).toEqual(expected);
      expect(outcome.ledger).toMatchObject({ lost: 0, doubled: 0, strange: 0, misplaced: 0 });
      expect(defects).toEqual([]);
      expect(sealed).toEqual(sealedAlone);
      expect(isKeyPublished(heed.aws)).toBe(true);
      expect(outcome.news).toEqual(undisturbed.news);
      // Of a broken connection to SES nobody knows whether it took the mail: then none is better than two.
      expect(outcome.mails).toBe(name === 'POST v2' && kind === 'lost-before' ? 0 : undisturbed.mails);
      expect(isOptedOut(heed)).toBe(!scenario.name.includes('opt-in'));
    });
  });
}

describe('send-mail sends at most one mail and comes to an end', () => {
  const sendMail = SCENARIOS.find(({ name }) => name === 'send-mail') as Scenario;
  const SES_CALL = 3;
  const RELEASE_CALL = 4;

  it.each(KINDS)('when SES refuses and giving the claim back is %s', async (kind) => {
    const { calls, outcome } = await play(sendMail, [
      [SES_CALL, 'refused'],
      [RELEASE_CALL, kind],
    ]);
    expect(calls.slice(SES_CALL, RELEASE_CALL + 1)).toEqual(['POST v2', 'TransactWriteItems']);
    expect(outcome.mails).toBeLessThanOrEqual(1);
    expect(outcome.items.filter((item) => item.includes('"receipt":"pending"'))).toEqual([]);
    expect(outcome.items.filter((item) => item.includes('jo@example.org'))).toEqual([]);
  });
});
