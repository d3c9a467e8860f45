/** Bytes under keys: what a folder and a bucket have in common. */
export interface Shelf {
  /** Keys that begin with the prefix and sort after `after`, in order. */
  list(prefix: string, after: string): AsyncIterable<string>;
  /** At most `maxBytes` of what the key holds; `undefined` when it is gone. */
  read(key: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** How many reads may be under way at once. */
  readsAhead: number;
}
