import { complaintState, isOverdue } from '../../shared/domain/complaint.ts';
import type { Cases } from '../../shared/domain/ports/complaints.ts';

export interface CountOverduePorts {
  cases: Pick<Cases, 'listComplaints'>;
  now: () => Date;
}

/** How many complaints wait for a person although the last day of their next step has passed (UK-01). */
export function countOverdue({ cases, now }: CountOverduePorts) {
  return async (): Promise<number> => {
    let count = 0;
    for await (const { status, receipt } of cases.listComplaints(now())) {
      if (status.type !== 'complaint') continue;
      if (isOverdue(complaintState(status.state, receipt), status, now())) count += 1;
    }
    return count;
  };
}
