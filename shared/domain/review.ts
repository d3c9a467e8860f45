import type { EpochSeconds } from './epoch.ts';
import type { SubjectKey } from './subject.ts';

/** `rev_` and 26 letters and digits. */
export type ReviewId = `rev_${string}`;

/**
 * Why a person must look at a mail. `rights-request`: it asks for more than an opt-out. `not-understood`: something is written that Heed
 * cannot tell. `unreadable`: too large, too deep or broken. `unnamed-complaint`: somebody complained, and the report hides who.
 */
export const REVIEW_KINDS = ['rights-request', 'not-understood', 'unreadable', 'unnamed-complaint'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** A mail that waits for a person. It names the raw mail, and holds nothing of it. Ends with the raw mail; see `expiresAt`. */
export interface Review {
  reviewId: ReviewId;
  /** Absent: nobody knows whose it is. */
  subjectKey?: SubjectKey;
  kind: ReviewKind;
  /** What the text seems to ask; see `understand-text.ts`. */
  intents: readonly string[];
  /** Where the raw mail lies. */
  objectKey: string;
  receivedAt: Date;
  expiresAt: EpochSeconds;
}
