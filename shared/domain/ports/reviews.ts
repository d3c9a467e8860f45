import type { Review } from '../review.ts';

/** Where mails wait for a person. */
export interface Reviews {
  /** Written when it resolves; the second time it changes nothing. Rejects when nothing is known to be written. */
  open(review: Review): Promise<void>;
}
