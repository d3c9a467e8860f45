import type { EpochSeconds } from '../epoch.ts';

/** Key of one item of a table. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** An item that is over, and since when. */
export interface EndedItem extends ItemKey {
  expiresAt: EpochSeconds;
}

/** What TTL should have deleted (DD-01). */
export interface ExpiredItems {
  /** Items that ended before `time`, page by page; may miss items written meanwhile, never lists one without an end. */
  listEndedBefore(time: EpochSeconds): AsyncIterable<EndedItem>;
  /** Deletes the item if its end still lies before `time`: a hold or a new write in between saves it. */
  remove(key: ItemKey, time: EpochSeconds): Promise<'removed' | 'kept'>;
}
