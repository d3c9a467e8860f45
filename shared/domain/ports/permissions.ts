import type { PermissionFile } from '../permission-file.ts';
import type { Request, RequestId } from '../request.ts';

/** Signed permissions of agents, each under the id of its request. They end with the retention schedule's `uploads`. */
export interface Permissions {
  /** Kept when it resolves; never replaces one that is there. Rejects when it is not known to be kept, after some seconds at most. */
  keep(requestId: RequestId, file: PermissionFile): Promise<void>;
}

/** What the record of a request says of the permission that came along. */
export interface PermissionNotes {
  /** Writes what `intake` says into the record, if that is still there. Rejects when nothing is known to be written. Safe to repeat. */
  note(request: Pick<Request, 'subjectKey' | 'requestId' | 'intake'>): Promise<void>;
}
