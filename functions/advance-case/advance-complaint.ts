import { type ComplaintEvent, type ComplaintState, complaintDays } from '../../shared/domain/complaint.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { OPEN_COMPLAINT_DAYS } from '../../shared/domain/policy.ts';
import type { Complaints } from '../../shared/domain/ports/complaints.ts';
import type { RequestKey } from '../../shared/domain/ports/requests.ts';

export interface AdvanceComplaintPorts {
  complaints: Complaints;
  now: () => Date;
  /** Whole days that the record is kept after its end (CC-25). */
  requestDays: number;
}

export interface Advance {
  key: RequestKey;
  event: ComplaintEvent;
  told: string;
  actor: string;
}

/** Notes what was done about a complaint and what the person was told (UK-01). Closing it starts its clock; an appeal stops that again. */
export function advanceComplaint({ complaints, now, requestDays }: AdvanceComplaintPorts) {
  return async ({ key, event, told, actor }: Advance): Promise<ComplaintState | 'not-allowed' | 'unknown'> => {
    const at = now();
    return await complaints.advance(key, {
      step: { at, event, actor, told: harmlessText(told) },
      expiresAt: secondsAfter(at, event === 'resolve' ? requestDays : OPEN_COMPLAINT_DAYS, 'days'),
      ...(event === 'appeal' ? { answerBy: complaintDays(at).answerBy } : {}),
    });
  };
}
