import type { RawMails } from '../../shared/domain/ports/raw-mails.ts';

/** {@link RawMails} in memory. */
export interface MemoryRawMails extends RawMails {
  put(objectKey: string, raw: string | Uint8Array): void;
  keys(): string[];
}

export function memoryRawMails(): MemoryRawMails {
  const mails = new Map<string, Uint8Array>();
  return {
    put: (key, raw) => {
      mails.set(key, typeof raw === 'string' ? Buffer.from(raw) : raw);
    },
    keys: () => [...mails.keys()],
    read: async (key) => {
      const bytes = mails.get(key);
      return bytes && { bytes, isWhole: true };
    },
    remove: async (key) => {
      mails.delete(key);
    },
  };
}
