import type { EpochSeconds } from '../epoch.ts';
import type { Denial, Request, RequestId } from '../request.ts';
import type { SubjectKey } from '../subject.ts';

/** Names a request's record. */
export interface RequestKey {
  subjectKey: SubjectKey;
  requestId: RequestId;
}

/** Takes down what people asked for that has no effect yet; what follows comes from the stream. */
export interface RequestBook {
  /** When it resolves the request is on record. Rejects when nothing is known to be written. Safe to repeat with the same request. */
  enter(request: Request): Promise<void>;
}

/** Reads the records of what people asked. */
export interface Requests {
  /** Strongly consistent; `undefined` when there is none or its time is over at `now`, deleted or not (DD-02). */
  read(key: RequestKey, now: Date): Promise<Request | undefined>;
}

/** Notes that staff denied a request. Lifts nothing: what was stopped stays stopped. */
export interface Denials {
  /**
   * One conditional write; the first denial stands. Resolves with the one that does, this or another; `undefined` when there is no such request
   * or its time is over. Safe to repeat.
   */
  deny(key: RequestKey, denial: Denial, expiresAt: EpochSeconds): Promise<Denial | undefined>;
}
