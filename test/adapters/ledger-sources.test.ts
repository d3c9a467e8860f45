import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderShelf } from '../../shared/adapters/ledger-sources/folder-shelf.ts';
import { readAhead } from '../../shared/adapters/ledger-sources/read-ahead.ts';
import { sortedNames } from '../../shared/adapters/ledger-sources/sorted-names.ts';
import { progressLine } from '../../shared/adapters/terminal.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('names of a folder', () => {
  const names = Array.from({ length: 23 }, (_, index) => String((index * 7) % 23).padStart(2, '0'));

  it.each([1, 2, 5, 22, 23, 24, 100])('come in order, %i at a time', async (page) => {
    const found = await all(sortedNames(() => each(names), '', page));
    expect(found).toEqual(names.toSorted((a, b) => Number(a) - Number(b)));
  });

  it('begin after a given one', async () => {
    expect(await all(sortedNames(() => each(names), '19', 2))).toEqual(['20', '21', '22']);
  });
});

describe('reading ahead', () => {
  it('keeps the order, reads at most as many at once, and leaves out what is gone', async () => {
    let [underWay, most] = [0, 0];
    const read = async (key: string) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, key === 'a' ? 20 : 1));
      underWay -= 1;
      return key === 'c' ? undefined : key;
    };
    expect(await all(readAhead(each('abcdef'), 3, read))).toEqual(['a', 'b', 'd', 'e', 'f']);
    expect(most).toBe(3);
  });

  it('rejects in its turn', async () => {
    const read = (key: string) => (key === 'c' ? Promise.reject(new Error('denied')) : Promise.resolve(key));
    const found: string[] = [];
    const reading = (async () => {
      for await (const key of readAhead(each('abcdef'), 6, read)) found.push(key);
    })();
    await expect(reading).rejects.toThrow('denied');
    expect(found).toEqual(['a', 'b']);
  });
});

describe('a folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heed-shelf-'));
    await mkdir(join(folder, 'ledger'));
    for (const name of ['b', 'a', 'c']) await writeFile(join(folder, 'ledger', name), name.repeat(10));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('lists a prefix in order, and nothing where there is none', async () => {
    const shelf = folderShelf(folder);
    expect(await all(shelf.list('ledger/', ''))).toEqual(['ledger/a', 'ledger/b', 'ledger/c']);
    expect(await all(shelf.list('ledger/', 'ledger/a'))).toEqual(['ledger/b', 'ledger/c']);
    expect(await all(shelf.list('keys/', ''))).toEqual([]);
  });

  it('reads no more than is asked for, and tells what is gone', async () => {
    const shelf = folderShelf(folder);
    expect(Buffer.from((await shelf.read('ledger/a', 10)) ?? []).toString()).toBe('aaaaaaaaaa');
    expect(Buffer.from((await shelf.read('ledger/a', 4)) ?? []).toString()).toBe('aaaa');
    expect(await shelf.read('ledger/none', 4)).toBeUndefined();
  });
});

describe('progress', () => {
  afterEach(() => vi.useRealTimers());

  it.each([
    [true, 300, '\r\u001b[K1 object\r\u001b[K'],
    [false, 300, ''],
    [false, 10_001, '1 object\n'],
  ])('on a terminal (%s) after %i ms', (isTTY, milliseconds, written) => {
    vi.useFakeTimers();
    const terminal = memoryTerminal();
    const line = progressLine({ ...terminal, errors: Object.assign(terminal.errors, { isTTY }) });
    vi.advanceTimersByTime(milliseconds);
    line.show(() => '1 object');
    line.show(() => '2 objects');
    line.clear();
    expect(terminal.complaints()).toBe(written);
  });
});
