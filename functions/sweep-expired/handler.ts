import { dynamoExpiredItems } from '../../shared/adapters/dynamo/expired-items.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { sweepExpired } from './sweep-expired.ts';

const { sweepAfterHours } = readSettings().retention;
const items = dynamoExpiredItems(openTable(readVariable(ENV.registryTable)));
const sweep = sweepExpired({ items, now: systemTime, sweepAfterHours });

export async function handler(): Promise<{ removed: number; kept: number }> {
  const swept = await sweep();
  if (swept.removed > 0) log('warn', 'TTL was late; overdue items were deleted', { count: swept.removed });
  return swept;
}
