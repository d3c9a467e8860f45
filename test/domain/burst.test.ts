import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BurstRule, DEFAULT_BURSTS, findBursts, isPress, PAGE_MANNERS } from '../../shared/domain/burst.ts';
import { MANNERS, type Request } from '../../shared/domain/request.ts';
import type { SourceKey } from '../../shared/domain/source.ts';
import { samplePress } from '../support/sample-press.ts';

const RULE: BurstRule = { subjects: 3, minutes: 10 };
const people = (count: number, facts: Parameters<typeof samplePress>[1] = {}) =>
  Array.from({ length: count }, (_, person) => samplePress(person, { ...facts, requestId: `req_${person}` }));

const presses = fc
  .array(
    fc.record({
      person: fc.nat(6),
      seconds: fc.nat(4000),
      source: fc.constantFrom('a', 'b').map((name) => name as SourceKey),
      manner: fc.constantFrom(...MANNERS),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map(({ person, ...facts }, index) => samplePress(person, { ...facts, requestId: `req_${index}` })));

const idsOf = (requests: readonly Request[]) => requests.map(({ requestId }) => requestId);
const inAnyOrder = (requests: Request[]) => fc.shuffledSubarray(requests, { minLength: requests.length });

describe('a burst', () => {
  it('is enough different people from one network within the minutes', () => {
    const [burst, ...others] = findBursts(people(12), DEFAULT_BURSTS);
    expect(others).toEqual([]);
    expect(burst?.burstId).toMatch(/^bur_[0-9A-Z]{26}$/);
    expect(burst?.presses).toHaveLength(12);
  });

  it.each([
    [
      'a household that presses again and again',
      Array.from({ length: 40 }, (_, n) => samplePress(n % 2, { seconds: n })),
    ],
    ['an office of nine', people(9)],
    ['as many people from as many networks', people(12).map((one, n) => ({ ...one, source: `${n}` as SourceKey }))],
    ['people of a day', Array.from({ length: 100 }, (_, n) => samplePress(n, { seconds: n * 120 }))],
    ['people of whom nobody knows where they came from', people(12).map(({ source: _, ...one }) => one as Request)],
    ['what providers send by one-click', people(50, { manner: 'one-click' })],
  ])('is not %s', (_, requests) => expect(findBursts(requests, DEFAULT_BURSTS)).toEqual([]));

  it('ends with the minutes: what comes as much later is another one, with another id', () => {
    const bursts = findBursts([...people(3), ...[3, 4, 5].map((n) => samplePress(n, { seconds: 601 }))], RULE);
    expect(bursts.map(({ presses: { length } }) => length)).toEqual([3, 3]);
    expect(new Set(bursts.map(({ burstId }) => burstId)).size).toBe(2);
  });

  it('keeps its id while it goes on', () => {
    const [short] = findBursts(people(3), RULE);
    const [long] = findBursts([...people(3), samplePress(9, { seconds: 60 }), samplePress(8, { seconds: 500 })], RULE);
    expect(long?.presses).toHaveLength(5);
    expect(long?.burstId).toBe(short?.burstId);
  });

  it('is the same in whatever order the requests come', () => {
    fc.assert(
      fc.property(
        presses.chain((all) => fc.tuple(fc.constant(all), inAnyOrder(all))),
        ([all, shuffled]) => {
          expect(findBursts(shuffled, RULE)).toEqual(findBursts(all, RULE));
        },
      ),
    );
  });

  it('shares no press with another, and holds presses of one network by buttons only', () => {
    fc.assert(
      fc.property(presses, (all) => {
        const bursts = findBursts(all, RULE);
        const ids = bursts.flatMap((burst) => idsOf(burst.presses));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { presses: found } of bursts) {
          expect(new Set(found.map(({ source }) => source)).size).toBe(1);
          expect(found.every(({ manner }) => PAGE_MANNERS.some((one) => one === manner))).toBe(true);
          expect(new Set(found.map(({ subjectKey }) => subjectKey)).size).toBeGreaterThanOrEqual(RULE.subjects);
        }
      }),
    );
  });

  // The definition, press by press, at the cost of a square.
  it('holds exactly the presses of which some stretch of the minutes around them has enough people', () => {
    fc.assert(
      fc.property(presses, (all) => {
        const counted = all.filter(isPress);
        const isCrowded = (from: number, { source }: Request) => {
          const within = counted.filter((one) => {
            const at = one.receivedAt.getTime();
            return one.source === source && at >= from && at <= from + RULE.minutes * 60_000;
          });
          return new Set(within.map(({ subjectKey }) => subjectKey)).size >= RULE.subjects;
        };
        const expected = counted.filter((press) =>
          counted.some((first) => {
            const [from, at] = [first.receivedAt.getTime(), press.receivedAt.getTime()];
            return from <= at && at <= from + RULE.minutes * 60_000 && isCrowded(from, press);
          }),
        );
        const found = findBursts(all, RULE).flatMap((burst) => idsOf(burst.presses));
        expect(found.toSorted()).toEqual(idsOf(expected).toSorted());
      }),
    );
  });
});
