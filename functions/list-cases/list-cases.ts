import { type ComplaintState, complaintState, isOverdue } from '../../shared/domain/complaint.ts';
import type { Cases } from '../../shared/domain/ports/complaints.ts';
import type { ComplaintMatter, Request, RequestStatus } from '../../shared/domain/request.ts';
import { writeCaseId } from '../../shared/http/case-id.ts';
import type { ComplaintList, ReviewList } from '../../shared/http/schemas/complaints.ts';
import { permissionKey } from '../../shared/names.ts';

export interface ListCasesPorts {
  cases: Cases;
  now: () => Date;
}

/** Which complaints are asked for; without either, all. */
export interface ComplaintFilter {
  state?: ComplaintState | undefined;
  overdue?: boolean | undefined;
}

type ListedComplaint = ComplaintList['complaints'][number];

/** Complaints that wait for staff, the most pressing first. */
export function listComplaints({ cases, now }: ListCasesPorts) {
  return async ({ state, overdue }: ComplaintFilter): Promise<ListedComplaint[]> => {
    const found: ListedComplaint[] = [];
    for await (const request of cases.listComplaints(now())) {
      const listed = toListed(request, now());
      const isWanted = (state ?? listed.state) === listed.state && (overdue ?? listed.overdue) === listed.overdue;
      if (isWanted) found.push(listed);
    }
    return found.sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1));
  };
}

function dueOf({ state, acknowledgeBy, answerBy }: ListedComplaint): string {
  return state === 'received' ? acknowledgeBy : answerBy;
}

function toListed(request: Request, now: Date): ListedComplaint {
  const status = request.status as Extract<RequestStatus, { type: 'complaint' }>;
  const { text, reference, answerTo, steps } = request.complaint as ComplaintMatter;
  const state = complaintState(status.state, request.receipt);
  return {
    id: writeCaseId(request),
    requestId: request.requestId,
    state,
    receivedAt: request.receivedAt.toISOString(),
    acknowledgeBy: status.acknowledgeBy,
    answerBy: status.answerBy,
    overdue: isOverdue(state, status, now),
    address: answerTo.canonical,
    text,
    ...(reference === undefined ? {} : { reference }),
    locale: request.locale,
    suspect: request.isSuspect,
    steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
  };
}

/** Mails that wait for a person, the oldest first. */
export function listReviews({ cases, now }: ListCasesPorts) {
  return async (): Promise<ReviewList['reviews']> => {
    const found: ReviewList['reviews'] = [];
    for await (const { reviewId, kind, intents, objectKey, receivedAt } of cases.listReviews(now()))
      found.push({ reviewId, kind, intents: [...intents], objectKey, receivedAt: receivedAt.toISOString() });
    return found.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  };
}

/** Opt-outs that a person should look at, the oldest first. All are in force. */
export function listDoubtful({ cases, now }: ListCasesPorts) {
  return async (): Promise<ReviewList['requests']> => {
    const found: ReviewList['requests'] = [];
    for await (const request of cases.listDoubtful(now())) found.push(toDoubtful(request));
    return found.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  };
}

function toDoubtful(request: Request): ReviewList['requests'][number] {
  const { requestId, needsReview, manner, receivedAt, scopes, maskedAddress, isSuspect, intake } = request;
  const agent = intake?.agent;
  return {
    id: writeCaseId(request),
    requestId,
    kind: needsReview ? 'unsure' : 'agent',
    manner,
    receivedAt: receivedAt.toISOString(),
    scopes: [...scopes],
    maskedAddress,
    suspect: isSuspect,
    ...(agent && { agent: agent.permission === 'kept' ? { ...agent, objectKey: permissionKey(requestId) } : agent }),
  };
}
