import type { ComplaintKey } from '../domain/ports/complaints.ts';
import type { RequestId } from '../domain/request.ts';
import type { SubjectKey } from '../domain/subject.ts';

/** How staff routes name a complaint: by its number and the keyed hash of whose it is, so that one write finds it. No address. */
export function writeComplaintId({ requestId, subjectKey }: ComplaintKey): string {
  return `${requestId}.${subjectKey}`;
}

/** The inverse of {@link writeComplaintId}; `undefined` for anything else. */
export function parseComplaintId(id: string): ComplaintKey | undefined {
  const [, requestId, subjectKey] = /^(req_\w{1,64})\.(\w{1,40}\.[\w-]{43})$/.exec(id) ?? [];
  if (requestId === undefined || subjectKey === undefined) return undefined;
  return { requestId: requestId as RequestId, subjectKey: subjectKey as SubjectKey };
}
