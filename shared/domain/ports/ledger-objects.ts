/** Write-once storage: objects of the ledger, checkpoints, public keys. */
export interface LedgerObjects {
  /** Stores bytes under a key that nothing holds yet; `exists` when something does, which is left as it is. */
  putOnce(key: string, bytes: Uint8Array): Promise<'stored' | 'exists'>;
}

/** Reads what {@link LedgerObjects} stored; strongly consistent. */
export interface LedgerReader {
  /** `undefined` when nothing has this key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The first key below the prefix that sorts after `after`. */
  firstAfter(prefix: string, after: string): Promise<string | undefined>;
}
