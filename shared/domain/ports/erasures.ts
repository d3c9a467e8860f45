import type { Confirmation } from '../confirmation.ts';
import type { SubjectKey } from '../subject.ts';

/** The Registry's side of an erasure. */
export interface Erasures {
  /**
   * Consumes the link and notes that the owner of the mailbox asked for it, in one transaction (EM-03). `already-used`: it was consumed before,
   * or its time is over; nothing was written.
   */
  confirm(link: Confirmation, now: Date): Promise<'confirmed' | 'already-used'>;
  /** Takes what is readable out of all requests of the person, whose records stay (CC-25). Safe to repeat. */
  pseudonymise(keys: readonly SubjectKey[]): Promise<void>;
  /** Notes that the request was carried out. Safe to repeat. */
  finish(link: Confirmation, now: Date): Promise<void>;
}
