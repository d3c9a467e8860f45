import type { Request, RequestId } from '../request.ts';
import type { SubjectKey } from '../subject.ts';

/** Reads the records of what people asked. */
export interface Requests {
  /** Strongly consistent; `undefined` when there is none or its time is over at `now`, deleted or not (DD-02). */
  read(key: { subjectKey: SubjectKey; requestId: RequestId }, now: Date): Promise<Request | undefined>;
}
