import { dynamoCases } from '../../shared/adapters/dynamo/cases.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { ENV, LOG_CODE } from '../../shared/names.ts';
import { readVariable } from '../../shared/settings.ts';
import { countOverdue } from './count-overdue.ts';

const count = countOverdue({ cases: dynamoCases(openTable(readVariable(ENV.registryTable))), now: systemTime });

export async function handler(): Promise<{ overdue: number }> {
  const overdue = await count();
  // The number is a metric, by which the alarm knows.
  log(overdue > 0 ? 'warn' : 'info', 'Complaints were counted', { code: LOG_CODE.overdueComplaints, count: overdue });
  return { overdue };
}
