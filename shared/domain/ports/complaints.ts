import type { Day } from '../calendar/day.ts';
import type { ComplaintState } from '../complaint.ts';
import type { EpochSeconds } from '../epoch.ts';
import type { ComplaintStep, Request } from '../request.ts';
import type { Review } from '../review.ts';
import type { RequestKey } from './requests.ts';

/** What a step changes besides the state: an end that moves, a period that begins anew. */
export interface ComplaintChange {
  step: ComplaintStep;
  expiresAt: EpochSeconds;
  answerBy?: Day;
}

/** Moves complaints along their table of states. */
export interface Complaints {
  /**
   * One conditional write, built from `COMPLAINT_MOVES`: resolves with the new state, `not-allowed` when the state that the complaint is in
   * does not allow the event (nothing is written), `unknown` when there is none or its time is over. Not idempotent: what was told twice
   * stands there twice, where the table allows it.
   */
  advance(key: RequestKey, change: ComplaintChange): Promise<ComplaintState | 'not-allowed' | 'unknown'>;
}

/** What waits for staff. Reads the whole table page by page: for lists that people ask for, and once a day. */
export interface Cases {
  /** Requests of type complaint that are not over, in no order; may miss what is written meanwhile. */
  listComplaints(now: Date): AsyncIterable<Request>;
  listReviews(now: Date): AsyncIterable<Review>;
  /** Opt-outs in force that a person should look at, since it is not sure what was meant or an agent asked; none that was denied. */
  listDoubtful(now: Date): AsyncIterable<Request>;
}
