import type { Contact, ContactId } from '../contact/contact.ts';
import type { EpochSeconds } from '../epoch.ts';
import type { SubjectKey } from '../subject.ts';

/** A contact as it was read, and what its writer must find unchanged. */
export interface StoredContact {
  contact: Contact;
  /** Version of each stored item by its sort key. */
  versions: ReadonlyMap<string, number>;
}

/**
 * Holds contacts. Strongly consistent. A contact is several items, since each class has an end of its own (DD-08): what is written is written in
 * one transaction.
 */
export interface Contacts {
  /**
   * All that is there of the contact known by one of these keys, over or not: whoever shows or changes it asks `livingContact` for what may be
   * seen (DD-02). When TTL took the contact's own item before a class's, the rest is a cancelled contact without identifiers.
   */
  read(contactId: ContactId, keys: readonly SubjectKey[]): Promise<StoredContact | undefined>;
  /**
   * Puts `next` in the place of what was read, `undefined` when nothing was there. `moved`: somebody else wrote, or TTL deleted, one of the
   * items meanwhile; nothing was written.
   */
  replace(before: StoredContact | undefined, next: Contact): Promise<'replaced' | 'moved'>;
  /** Deletes what of this contact is over at `now`, each item only if its end still lies before that. Safe to repeat. */
  purge(stored: StoredContact, now: EpochSeconds): Promise<void>;
}

/** Finds contacts in other ways than by their id. */
export interface ContactIndex {
  /** Subject keys of living contacts that have one of these identifiers (`SUBJECT#` links), each with its id. */
  findByIdentifier(keys: readonly SubjectKey[], now: Date): Promise<readonly FoundContact[]>;
  /** All contacts, page by page from a cursor on; may miss what is written meanwhile. */
  list(cursor?: string): AsyncIterable<{ contacts: readonly FoundContact[]; cursor: string | undefined }>;
  /** Contacts with a hold that lapsed before `time`. */
  listLapsedHolds(time: EpochSeconds): AsyncIterable<FoundContact>;
}

/** What it takes to read a contact. */
export interface FoundContact {
  contactId: ContactId;
  subjectKey: SubjectKey;
}
