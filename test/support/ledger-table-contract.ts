import { describe, expect, it } from 'vitest';
import { dynamoLedgerHeads, dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { emptyHead, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import type { LedgerHeads, StreamChange } from '../../shared/domain/ports/ledger-log.ts';
import type { RequestId } from '../../shared/domain/request.ts';

const NOW = new Date('2026-11-23T10:00:00Z');
const MANY = 60;

/** A head that another follows; only number and hash tell heads apart. */
function headAfter({ objects, size }: LedgerHead, writer = 'a'): LedgerHead {
  const next = { objects: objects + 1, size: size + 1, frontier: ['AAAA', 'BBBB'] };
  return { ...next, lastObjectHash: `${writer}${objects + 1}`, at: '2026-11-23T09:59:59Z' };
}

function change(number: number, at = '2026-11-23T09:30:00Z'): StreamChange {
  return { id: `event-${number}`, seq: String(number), at };
}

async function advance(heads: LedgerHeads, done: readonly StreamChange[]): Promise<void> {
  const head = await heads.read();
  expect(await heads.replace(head, headAfter(head), done)).toBe('replaced');
}

const ids = (changes: readonly StreamChange[]) => new Set(changes.map(({ id }) => id));

/** What the ledger promises of its table, whoever evaluates the expressions. `emptyTable` resolves with the name of a table that is empty. */
export function describeLedgerTable(emptyTable: () => Promise<string>): void {
  const open = async () => {
    const table = openTable(await emptyTable());
    const places = dynamoLedgerPlaces(table, { now: () => NOW, days: 760 });
    return { heads: dynamoLedgerHeads(table, () => NOW), places };
  };

  describe('the head of the ledger', () => {
    it('is empty, then the one that was put', async () => {
      const { heads } = await open();
      expect(await heads.read()).toEqual(emptyHead());
      const first = headAfter(emptyHead());
      expect(await heads.replace(emptyHead(), first, [change(1)])).toBe('replaced');
      expect(await heads.read()).toEqual(first);
    });

    it('is created once, and moved only from the head that was read', async () => {
      const { heads } = await open();
      const [first, other] = [headAfter(emptyHead()), headAfter(emptyHead(), 'b')];
      await heads.replace(emptyHead(), first, [change(1)]);
      expect(await heads.replace(emptyHead(), other, [change(2)])).toBe('moved');
      expect(await heads.replace(other, headAfter(other), [change(2)])).toBe('moved');
      expect(await heads.replace({ ...first, objects: 0 }, headAfter(other), [change(2)])).toBe('moved');
      expect(await heads.read()).toEqual(first);
      expect(await heads.findDone([change(1), change(2)])).toEqual(ids([change(1)]));
    });

    it('is moved by one of many writers at once', async () => {
      const { heads } = await open();
      await advance(heads, [change(1)]);
      const head = await heads.read();
      const writers = ['b', 'c', 'd', 'e'].map((writer, index) =>
        heads.replace(head, headAfter(head, writer), [change(10 + index)]),
      );
      const outcomes = await Promise.all(writers);
      expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1);
      const winner = change(10 + outcomes.indexOf('replaced'));
      expect(await heads.findDone([10, 11, 12, 13].map((number) => change(number)))).toEqual(ids([winner]));
    });
  });

  describe('what the ledger has done', () => {
    it('is found however a batch is cut, and nothing else is', async () => {
      const { heads } = await open();
      const all = Array.from({ length: 30 }, (_, index) => change(95 + index));
      for (let start = 0; start < all.length; start += 4) await advance(heads, all.slice(start, start + 4));
      for (const [from, to] of [
        [0, 30],
        [0, 15],
        [15, 30],
        [3, 9],
        [29, 30],
      ]) {
        const asked = all.slice(from, to);
        expect(await heads.findDone([change(1), ...asked, change(1000)])).toEqual(ids(asked));
      }
    });

    it('is found across the hours of a batch', async () => {
      const { heads } = await open();
      const batch = [change(7, '2026-11-23T08:59:59Z'), change(8, '2026-11-23T09:00:00Z')];
      await advance(heads, batch);
      expect(await heads.findDone(batch)).toEqual(ids(batch));
      for (const one of batch) expect(await heads.findDone([one])).toEqual(ids([one]));
    });

    it('is not what another shard counted alike', async () => {
      const { heads } = await open();
      await advance(heads, [change(100)]);
      expect(await heads.findDone([{ ...change(100), id: 'event-of-another-shard' }])).toEqual(new Set());
    });
  });

  describe('places in the ledger', () => {
    it('are kept by request, more than one batch of them, and the later one holds', async () => {
      const { places } = await open();
      const noted = Array.from({ length: MANY }, (_, index) => ({
        placedId: `req_${index}` as RequestId,
        object: 3,
        index,
      }));
      await places.note(noted);
      await places.note([{ placedId: 'req_1' as RequestId, object: 4, index: 77 }]);
      expect(await places.find('req_59' as RequestId)).toEqual({ object: 3, index: 59 });
      expect(await places.find('req_1' as RequestId)).toEqual({ object: 4, index: 77 });
      expect(await places.find('req_60' as RequestId)).toBeUndefined();
    });
  });
}
