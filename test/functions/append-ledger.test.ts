import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { type AppendLedgerPorts, appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import type { LedgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { appendRecords } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { recordLine } from '../../shared/domain/ledger/record.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { Bucket, LedgerTable } from '../simulation/stores.ts';

const FIRST = `ledger/${objectKey(0)}`;
const SECOND = `ledger/${objectKey(1)}`;

function line(number: number): LedgerLine {
  const requestId: RequestId = `req_${number}`;
  const at = '2026-11-23T08:00:00Z';
  const [id, seq] = [`event-${number}`, String(100 + number)];
  const record = recordLine({ v: 1, id, seq, event: 'request.created', at, facts: { requestId } });
  return { id, seq, at, line: record, placedId: requestId };
}

function setUp(changed: Partial<AppendLedgerPorts> = {}) {
  const [bucket, table] = [new Bucket(), new LedgerTable()];
  const ports: AppendLedgerPorts = {
    heads: {
      read: async () => table.head,
      replace: async (old, next, changes) => table.replace(old, next, { changes, now: 0 }),
      findDone: async (changes) => table.findDone(changes, 0),
    },
    places: {
      note: async (places) => {
        for (const { placedId, ...place } of places) table.places.set(placedId, place);
      },
      find: async (placedId) => table.places.get(placedId),
    },
    objects: { putOnce: async (key, bytes) => bucket.putOnce(key, bytes) },
    reader: { get: async (key) => bucket.objects.get(key), firstAfter: async () => undefined },
    pause: vi.fn(async () => undefined),
    askForSeal: vi.fn(async () => undefined),
    maxWaiting: 100,
    ...changed,
  };
  return { bucket, table, ports, append: appendLedger(ports) };
}

function linesIn(bucket: Bucket, key: string): string[] {
  return gunzipSync(bucket.objects.get(key) ?? '')
    .toString()
    .split('\n')
    .slice(1, -1);
}

function hashOf(bucket: Bucket, key: string): string {
  return storedHash(bucket.objects.get(key) ?? Buffer.alloc(0));
}

/** What a writer leaves that dies between its put and its swap. */
function leaveObject({ bucket, table }: ReturnType<typeof setUp>, lines: readonly LedgerLine[]): void {
  const { bytes } = appendRecords(
    table.head,
    lines.map(({ line: text }) => text),
  );
  bucket.putOnce(`ledger/${objectKey(table.head.objects)}`, gzipSync(bytes));
}

describe('appendLedger', () => {
  it('keeps a batch as one object in the stream’s order, and moves the head', async () => {
    const { bucket, table, append } = setUp();
    expect(await append([line(1), line(2)])).toBe('appended');
    expect(linesIn(bucket, FIRST)).toEqual([line(1).line, line(2).line]);
    expect(table.head).toMatchObject({ objects: 1, size: 2, lastObjectHash: hashOf(bucket, FIRST) });
  });

  it('notes where each request stands', async () => {
    const { table, append } = setUp();
    await append([line(1)]);
    await append([line(2), line(3)]);
    expect(table.places.get('req_3')).toEqual({ object: 1, index: 2 });
  });

  it('adds nothing when the same batch comes again', async () => {
    const { bucket, append } = setUp();
    await append([line(1), line(2)]);
    expect(await append([line(1), line(2)])).toBe('nothing-new');
    expect(bucket.puts).toBe(1);
  });

  it('adds only what is new when batches are cut elsewhere', async () => {
    const { bucket, append } = setUp();
    await append([line(1), line(2)]);
    await append([line(2), line(3)]);
    expect(linesIn(bucket, SECOND)).toEqual([line(3).line]);
  });

  it('keeps changes of two shards apart that bear the same sequence number', async () => {
    const { table, append } = setUp();
    await append([line(1)]);
    await append([{ ...line(2), seq: line(1).seq }]);
    expect(table.head.size).toBe(2);
  });

  it('takes a change once that stands in a batch twice', async () => {
    const { table, append } = setUp();
    await append([line(1), line(1)]);
    expect(table.head.size).toBe(1);
  });

  it('does nothing for nothing', async () => {
    const { bucket, append } = setUp();
    expect(await append([])).toBe('nothing-new');
    expect(bucket.puts).toBe(0);
  });
});

describe('an object whose writer died before it moved the head', () => {
  it('enters the head with its places before the next batch does', async () => {
    const world = setUp();
    leaveObject(world, [line(1)]);
    expect(await world.append([line(2)])).toBe('appended');
    expect(world.table.head).toMatchObject({ objects: 2, size: 2 });
    expect(world.table.places.get('req_1')).toEqual({ object: 0, index: 0 });
  });

  it('is all there is when its own batch comes again', async () => {
    const world = setUp();
    leaveObject(world, [line(1)]);
    expect(await world.append([line(1)])).toBe('nothing-new');
    expect(world.table.head).toMatchObject({ objects: 1, size: 1 });
  });

  it('stops everybody when it is not what this ledger’s writer would have stored', async () => {
    const world = setUp();
    world.bucket.putOnce(FIRST, gzipSync(Buffer.from('something else\n')));
    await expect(world.append([line(1)])).rejects.toThrow('does not follow the head');
    expect(world.table.head.objects).toBe(0);
  });

  it('stops everybody when it cannot be read', async () => {
    const { append } = setUp({ objects: { putOnce: async () => 'exists' } });
    await expect(append([line(1)])).rejects.toThrow(`${FIRST} exists and cannot be read`);
  });
});

describe('a head that keeps moving away', () => {
  it('is tried again after a pause, longer each time, and given up in the end', async () => {
    const moving = setUp();
    const heads = { ...moving.ports.heads, replace: async () => 'moved' as const };
    const pause = vi.fn(async () => undefined);
    await expect(appendLedger({ ...moving.ports, heads, pause })([line(1)])).rejects.toThrow('moved away 12 times');
    expect(pause.mock.calls).toEqual(Array.from({ length: 12 }, (_, index) => [index + 1]));
  });
});

describe('a seal', () => {
  it('is asked for each time as many records wait as may', async () => {
    const askForSeal = vi.fn(async () => undefined);
    const { append } = setUp({ askForSeal, maxWaiting: 2 });
    for (const number of [1, 2, 3, 4, 5]) await append([line(number)]);
    expect(askForSeal.mock.calls).toMatchObject([[{ size: 2 }], [{ size: 4 }]]);
  });
});
