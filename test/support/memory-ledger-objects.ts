import { gunzipSync } from 'node:zlib';
import type { LedgerObjects } from '../../shared/domain/ports/ledger-objects.ts';

/** {@link LedgerObjects} in memory; nothing overwrites. */
export interface MemoryLedgerObjects extends LedgerObjects {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  /** Parsed lines of all objects, in the order of their keys. */
  records(): Record<string, unknown>[];
}

export function memoryLedgerObjects(): MemoryLedgerObjects {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    records: () =>
      [...objects.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, bytes]) => gunzipSync(bytes).toString('utf8').trimEnd().split('\n'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    putOnce: async (key, bytes) => {
      if (objects.has(key)) return 'exists';
      objects.set(key, bytes);
      return 'stored';
    },
  };
}
