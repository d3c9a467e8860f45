import type { StoredCheckpoint } from '../ledger/checkpoint-trail.ts';
import type { StoredObject } from '../ledger/verify-ledger.ts';

/**
 * A ledger as it lies in a store. Everything comes in the order of its keys, one at a time, so that a ledger of any length is read in
 * constant memory. Rejects when something is there and cannot be read: that is no verdict about the ledger.
 */
export interface StoredLedger {
  /** Objects from this number on, and whatever else lies among them, by its name only. */
  objects(from?: number): AsyncIterable<StoredObject>;
  /**
   * Checkpoints of trees of at least this size; when there is none, the newest. Only those that are there when this is called: a checkpoint
   * that is sealed meanwhile would speak of objects that were listed too late.
   */
  checkpoints(fromSize?: number): Promise<AsyncIterable<StoredCheckpoint>>;
  /** Texts of the published public keys. */
  publicKeys(): AsyncIterable<{ key: string; text: string }>;
}
