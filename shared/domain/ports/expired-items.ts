import type { EpochSeconds } from '../epoch.ts';

/** Key of one item of the Registry. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** What TTL should have deleted (DD-01). */
export interface ExpiredItems {
  /** Keys of items that ended before `time`, page by page; may miss items written meanwhile, never lists one without an end. */
  listEndedBefore(time: EpochSeconds): AsyncIterable<ItemKey>;
  /** Deletes the item if its end still lies before `time`: a hold or a new write in between saves it. */
  remove(key: ItemKey, time: EpochSeconds): Promise<'removed' | 'kept'>;
}
