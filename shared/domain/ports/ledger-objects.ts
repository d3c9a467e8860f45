/** Write-once storage of ledger objects. */
export interface LedgerObjects {
  /** Stores bytes under a key that nothing holds yet; `exists` when something does, which is left as it is. */
  putOnce(key: string, bytes: Uint8Array): Promise<'stored' | 'exists'>;
}
