import type { Request, RequestId } from '../request.ts';
import type { SubjectKey } from '../subject.ts';

/** Takes down what people asked for that has no effect yet; what follows comes from the stream. */
export interface RequestBook {
  /** When it resolves the request is on record. Rejects when nothing is known to be written. Safe to repeat with the same request. */
  enter(request: Request): Promise<void>;
}

/** Reads the records of what people asked. */
export interface Requests {
  /** Strongly consistent; `undefined` when there is none or its time is over at `now`, deleted or not (DD-02). */
  read(key: { subjectKey: SubjectKey; requestId: RequestId }, now: Date): Promise<Request | undefined>;
}
