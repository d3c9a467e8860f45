import { checkpointKey } from '../../domain/ledger/checkpoint.ts';
import { objectKey, objectNumber } from '../../domain/ledger/object-header.ts';
import { DEFAULT_LIMITS } from '../../domain/ledger/verify-limits.ts';
import type { StoredLedger } from '../../domain/ports/stored-ledger.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../names.ts';
import { readAhead } from './read-ahead.ts';
import type { Shelf } from './shelf.ts';

/** Nothing valid is longer; one byte more is read, so that a longer one shows as what it is. */
const MAX_OBJECT_BYTES = DEFAULT_LIMITS.maxObjectBytes + 1;
const MAX_TEXT_BYTES = 1_000_001;

/** {@link StoredLedger} in the bucket's layout. */
export function storedLedger(shelf: Shelf): StoredLedger {
  return {
    objects: (from = 0) => {
      const after = from === 0 ? '' : LEDGER_PREFIX + objectKey(from - 1);
      return readAhead(shelf.list(LEDGER_PREFIX, after), shelf.readsAhead, (key) => readObject(shelf, key));
    },
    checkpoints: async (fromSize = 0) => readTexts(shelf, await checkpointKeys(shelf, fromSize)),
    publicKeys: () => readTexts(shelf, publicKeys(shelf)),
  };
}

// What is no object is reported by its name; its bytes may be anything.
async function readObject(shelf: Shelf, key: string) {
  if (objectNumber(key) === undefined) return { key, bytes: new Uint8Array() };
  const bytes = await shelf.read(key, MAX_OBJECT_BYTES);
  return bytes && { key, bytes };
}

function readTexts(shelf: Shelf, keys: AsyncIterable<string>) {
  return readAhead(keys, shelf.readsAhead, async (key) => {
    const bytes = await shelf.read(key, MAX_TEXT_BYTES);
    return bytes && { key, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  });
}

async function checkpointKeys(shelf: Shelf, fromSize: number): Promise<AsyncIterable<string>> {
  const after = fromSize === 0 ? '' : CHECKPOINT_PREFIX + checkpointKey(fromSize - 1);
  const last = await lastOf(shelf.list(CHECKPOINT_PREFIX, after));
  if (last !== undefined) return upTo(shelf.list(CHECKPOINT_PREFIX, after), last);
  const newest = after === '' ? undefined : await lastOf(shelf.list(CHECKPOINT_PREFIX, ''));
  return upTo(shelf.list(CHECKPOINT_PREFIX, ''), newest, newest);
}

async function lastOf(keys: AsyncIterable<string>): Promise<string | undefined> {
  let last: string | undefined;
  for await (const key of keys) last = key;
  return last;
}

async function* upTo(keys: AsyncIterable<string>, last: string | undefined, first = ''): AsyncGenerator<string> {
  if (last === undefined) return;
  for await (const key of keys) {
    if (key > last) return;
    if (key >= first) yield key;
  }
}

async function* publicKeys(shelf: Shelf): AsyncGenerator<string> {
  for await (const key of shelf.list(KEY_PREFIX, '')) if (key.endsWith('.vkey')) yield key;
}
