import type { RequestKey } from '../domain/ports/requests.ts';
import type { RequestId } from '../domain/request.ts';
import type { SubjectKey } from '../domain/subject.ts';

/** How staff routes name a complaint or another request: by its number and the keyed hash of whose it is, so that one write finds it. No address. */
export function writeCaseId({ requestId, subjectKey }: RequestKey): string {
  return `${requestId}.${subjectKey}`;
}

/** The inverse of {@link writeCaseId}; `undefined` for anything else. */
export function parseCaseId(id: string): RequestKey | undefined {
  const [, requestId, subjectKey] = /^(req_\w{1,64})\.(\w{1,40}\.[\w-]{43})$/.exec(id) ?? [];
  if (requestId === undefined || subjectKey === undefined) return undefined;
  return { requestId: requestId as RequestId, subjectKey: subjectKey as SubjectKey };
}
