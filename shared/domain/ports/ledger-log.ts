import type { LedgerHead } from '../ledger/head.ts';
import type { PlacedId } from '../ledger/placed-id.ts';

/** A change as the stream names it. */
export interface StreamChange {
  /** The stream's event id; unlike sequence numbers, which each shard counts for itself, no two changes share one (LA-02). */
  id: string;
  /** Sequence number and time (ISO 8601, UTC): they say where to look for the change, and nothing more. */
  seq: string;
  at: string;
}

/** Holds the one head of the ledger and moves it. */
export interface LedgerHeads {
  /** Strongly consistent; the empty head before the first append. */
  read(): Promise<LedgerHead>;
  /**
   * Compare-and-swap: puts `next` in the place of `old` and notes the changes as done, in one transaction.
   * `moved`: somebody else was faster, and nothing was written.
   */
  replace(old: LedgerHead, next: LedgerHead, done: readonly StreamChange[]): Promise<'replaced' | 'moved'>;
  /** Ids of those changes that stand in the ledger; strongly consistent for as long as a stream redelivers. */
  findDone(changes: readonly StreamChange[]): Promise<ReadonlySet<string>>;
}

/** Where a record stands. */
export interface LedgerPlace {
  /** Number of the object. */
  object: number;
  /** Index of the leaf. */
  index: number;
}

/** Finds records that are proven one by one. */
export interface LedgerPlaces {
  /** Safe to repeat; may note a place of an object that the head then does not take, which the next writer's note overwrites. */
  note(places: readonly (LedgerPlace & { placedId: PlacedId })[]): Promise<void>;
  find(placedId: PlacedId): Promise<LedgerPlace | undefined>;
}
