import { dynamoSourcedRequests } from '../../shared/adapters/dynamo/bursts.ts';
import { dynamoCases } from '../../shared/adapters/dynamo/cases.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { DEFAULT_BURSTS } from '../../shared/domain/burst.ts';
import { ENV, LOG_CODE } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { countBursts } from './count-bursts.ts';
import { countOverdue } from './count-overdue.ts';

const table = openTable(readVariable(ENV.registryTable));
const complaints = countOverdue({ cases: dynamoCases(table), now: systemTime });
const rule = readSettings().bursts ?? DEFAULT_BURSTS;
const bursts = countBursts({ sourced: dynamoSourcedRequests(table), now: systemTime, rule });

export async function handler(): Promise<{ overdue: number; openBursts: number }> {
  const overdue = await complaints();
  // The numbers are metrics, by which the alarms know.
  log(overdue > 0 ? 'warn' : 'info', 'Complaints were counted', { code: LOG_CODE.overdueComplaints, count: overdue });
  const openBursts = await bursts();
  log(openBursts > 0 ? 'warn' : 'info', 'Bursts were counted', { code: LOG_CODE.openBursts, count: openBursts });
  return { overdue, openBursts };
}
