import { describe, expect, it } from 'vitest';
import { type Burst, findBursts } from '../../shared/domain/burst.ts';
import { settlementOf } from '../../shared/domain/burst-undo.ts';
import type { PressedPerson } from '../../shared/domain/ports/bursts.ts';
import type { Request, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { type Choice, stopOf } from '../../shared/domain/suppression.ts';
import { samplePress, secondsLater } from '../support/sample-press.ts';

const EMAIL = 'email:marketing' as ScopeName;
const SMS = 'sms:marketing' as ScopeName;
const facts = {
  ...{ actor: 'clerk-1', actorKey: 'k1.actor', reason: 'The gateway of example.org' },
  ...{ now: secondsLater(3600), requestDays: 760 },
};
const press = samplePress(0);
const other = (facts: Parameters<typeof samplePress>[1]) =>
  samplePress(0, { source: undefined, manner: 'one-click', ...facts });

/** The burst of these presses and two other people's. */
function burstOf(...presses: Request[]): Burst {
  const [burst] = findBursts([...presses, samplePress(1), samplePress(2)], { subjects: 3, minutes: 10 });
  if (burst === undefined) throw new Error('No burst');
  return burst;
}

/** A person to whom these requests happened, one after the other. */
function personOf(requests: readonly Request[], more: Partial<PressedPerson> = {}): PressedPerson {
  const choices: Record<string, Choice> = {};
  const began: Record<string, RequestId> = {};
  for (const request of requests) {
    const { names, choice } = stopOf(request);
    for (const name of names) {
      choices[name] = choice;
      began[name] ??= request.requestId;
    }
  }
  return { subjectKey: press.subjectKey, version: requests.length, choices, began, requests, ...more };
}

const namesAfter = (...requests: Request[]) =>
  settlementOf(burstOf(...requests.filter(({ source }) => source !== undefined)), personOf(requests), facts)?.names;

describe('undoing a burst for one person', () => {
  it('puts back what its press stopped, with a record of its own', () => {
    const settlement = settlementOf(burstOf(press), personOf([press], { mailTo: 'person-0@example.org' }), facts);
    expect(settlement).toMatchObject({ presses: [press.requestId], names: [EMAIL], isWhole: true, actor: 'clerk-1' });
    expect(settlement?.undo).toMatchObject({
      status: { type: 'burst-undo', state: 'effective' },
      ...{ scopes: [EMAIL], manner: 'burst-undo', receipt: 'pending', mailTo: 'person-0@example.org' },
      ...{ burstId: settlement?.burstId, undoneBy: 'clerk-1', undoneByKey: 'k1.actor', hasReason: true },
      intake: { actor: 'clerk-1', note: 'The gateway of example.org' },
    });
  });

  it('owes no mail where there is no address', () => {
    const { undo } = settlementOf(burstOf(press), personOf([press]), facts) ?? {};
    expect(undo?.receipt).toBe('none');
    expect(undo).not.toHaveProperty('mailTo');
  });

  it('names the record by what it undoes, so that a repeat is the same', () => {
    const twice = [facts, { ...facts, now: secondsLater(4000) }].map((why) =>
      settlementOf(burstOf(press), personOf([press]), why),
    );
    expect(twice[0]?.undo?.requestId).toBe(twice[1]?.undo?.requestId);
  });

  it('puts back what several presses stopped', () => {
    const again = samplePress(0, { seconds: 5 });
    const more = samplePress(0, { seconds: 9, scopes: [EMAIL, SMS] });
    expect(namesAfter(press, again, more)).toEqual([EMAIL, SMS]);
  });

  it.each([
    ['before', [other({ seconds: -5 }), press]],
    ['before, by a button of another day', [samplePress(0, { seconds: -90_000 }), press]],
    ['since', [press, other({ seconds: 60 })]],
    ['in between', [press, other({ seconds: 60 }), samplePress(0, { seconds: 90 })]],
  ])('keeps what the person stopped themselves %s', (_, requests) => {
    expect(namesAfter(...requests)).toEqual([]);
  });

  it('keeps one scope and puts back another', () => {
    expect(namesAfter(other({ seconds: -5 }), samplePress(0, { scopes: [EMAIL, SMS] }))).toEqual([SMS]);
  });

  it('keeps what began with a request that is over: the proof is absent', () => {
    const { requests, ...person } = personOf([other({ seconds: -5 }), press]);
    expect(settlementOf(burstOf(press), { ...person, requests: requests.slice(1) }, facts)?.names).toEqual([]);
    expect(settlementOf(burstOf(press), { ...person, requests, began: {} }, facts)?.names).toEqual([]);
  });

  it('leaves what was allowed again since as it is', () => {
    const choice: Choice = {
      state: 'opted-in',
      since: secondsLater(60),
      requestId: press.requestId,
      manner: 'undo-link',
    };
    const person = personOf([press], { choices: { [EMAIL]: choice } });
    expect(settlementOf(burstOf(press), person, facts)).toMatchObject({ names: [], presses: [press.requestId] });
  });

  it('puts back what two bursts stopped with the second of them, in whatever order they are undone', () => {
    const second = samplePress(0, { seconds: 60, requestId: 'req_second' });
    for (const [marked, open] of [
      [press, second],
      [second, press],
    ] as const) {
      const requests = [press, second].map((one) =>
        one === marked ? { ...one, burstId: 'bur_1' as const, undoneBy: 'clerk-1' } : one,
      );
      expect(settlementOf(burstOf(open), personOf(requests), facts)?.names).toEqual([EMAIL]);
    }
  });

  it('ends a pause that a press began', () => {
    const until = secondsLater(30 * 86_400);
    const pause: Request = { ...press, status: { type: 'pause', state: 'effective', days: 30, until } };
    const settlement = settlementOf(burstOf(pause), personOf([pause]), facts);
    expect(settlement?.names).toEqual(['pause-30:email:marketing']);
    expect(settlement?.undo?.scopes).toEqual([EMAIL]);
  });

  it('has nothing to do where all is dealt with, or gone', () => {
    const marked: Request = { ...press, burstId: 'bur_1' };
    expect(settlementOf(burstOf(press), personOf([marked]), facts)).toBeUndefined();
    expect(settlementOf(burstOf(press), personOf([]), facts)).toBeUndefined();
  });

  it('goes on in parts where there are more presses than a transaction takes', () => {
    const many = Array.from({ length: 200 }, (_, n) => samplePress(0, { seconds: n, requestId: `req_many_${n}` }));
    const settlement = settlementOf(burstOf(...many), personOf(many), facts);
    expect(settlement).toMatchObject({ isWhole: false, names: [EMAIL] });
    expect(settlement?.presses.length).toBeLessThan(98);
  });
});
