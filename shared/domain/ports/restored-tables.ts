import type { ItemKey } from './expired-items.ts';

/** Attributes of an item as they are stored. */
export type StoredItem = Readonly<Record<string, unknown>> & ItemKey;

/** A table that was made from a backup. Nobody else writes to it yet. */
export interface RestoredTable {
  /** Strongly consistent. */
  read(key: ItemKey): Promise<StoredItem | undefined>;
  /** Puts an item in the place of what was read. Rejects when something else is there by now. */
  put(next: StoredItem, before: StoredItem | undefined): Promise<void>;
  /** Deletes what was read. Rejects when something else is there by now. */
  remove(before: StoredItem): Promise<void>;
  /** Items of one partition. */
  partition(pk: string): Promise<readonly StoredItem[]>;
  /** Items whose partition begins so; reads the whole table. */
  listBeginning(pk: string): AsyncIterable<StoredItem>;
  /** What a restore does not bring back and is missing here. */
  missing(): Promise<readonly Missing[]>;
}

/** A restored table has none of these of itself (DD-09). */
export type Missing = 'time-to-live' | 'stream' | 'point-in-time-recovery' | 'deletion-protection';

/** By which table an item stands. */
export interface RestoredTables {
  registry: RestoredTable;
  contacts: RestoredTable;
}
