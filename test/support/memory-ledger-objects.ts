import { gunzipSync } from 'node:zlib';
import { lineText, objectLines } from '../../shared/domain/ledger/object-lines.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { LedgerObjects, LedgerReader } from '../../shared/domain/ports/ledger-objects.ts';
import { byCodeUnit } from './ledger-folder.ts';

/** {@link LedgerObjects} and {@link LedgerReader} in memory; nothing overwrites. */
export interface MemoryLedgerObjects extends LedgerObjects, LedgerReader {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  /** Records of all objects, in the order of their keys. */
  records(): LedgerRecord[];
}

export function memoryLedgerObjects(): MemoryLedgerObjects {
  const objects = new Map<string, Uint8Array>();
  const keys = () => [...objects.keys()].sort(byCodeUnit);
  return {
    objects,
    records: () =>
      keys()
        .flatMap((key) => [...objectLines(gunzipSync(objects.get(key) ?? '')).records])
        .map((line) => JSON.parse(lineText(line)) as LedgerRecord),
    putOnce: async (key, bytes) => {
      if (objects.has(key)) return 'exists';
      objects.set(key, bytes);
      return 'stored';
    },
    get: async (key) => objects.get(key),
    firstAfter: async (prefix, after) => keys().find((key) => key.startsWith(prefix) && key > after),
  };
}
