import { complaintDays } from '../../shared/domain/complaint.ts';
import { newRequest } from '../../shared/domain/new-request.ts';
import type { Request } from '../../shared/domain/request.ts';
import { identify } from './sample-opt-out.ts';
import { testKeyRing } from './test-key-ring.ts';

const { subjectKeys } = testKeyRing();

/** A complaint by form; say what differs. */
export function sampleComplaint(facts: Partial<Request> & { address?: string } = {}): Request {
  const { address = 'jane@example.org', ...differing } = facts;
  const identifier = identify(address);
  const receivedAt = facts.receivedAt ?? new Date('2026-11-23T07:15:30.250Z');
  const known = {
    identifier,
    subjectKey: subjectKeys.current(identifier),
    requestId: 'req_complaint',
    scopes: [],
    manner: 'form',
    receivedAt,
    locale: 'en',
    complaint: { text: 'You still call me.', answerTo: identifier, steps: [] },
    requestDays: 3650,
  } as const;
  return { ...newRequest(known, { type: 'complaint', state: 'received', ...complaintDays(receivedAt) }), ...differing };
}
