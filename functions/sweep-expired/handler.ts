import { dynamoContactIndex } from '../../shared/adapters/dynamo/contact-index.ts';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { dynamoUnfinishedDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { dynamoExpiredItems } from '../../shared/adapters/dynamo/expired-items.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime as now } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { ENV, LOG_CODE } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { countUnacknowledged } from './count-unacknowledged.ts';
import { releaseLapsedHolds } from './release-lapsed-holds.ts';
import { type Swept, sweepExpired } from './sweep-expired.ts';

const { sweepAfterHours, graceDays } = readSettings().retention;
const schedule = readSchedule();
const registry = openTable(readVariable(ENV.registryTable));
const table = openTable(readVariable(ENV.contactsTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const index = dynamoContactIndex(table);
const sweep = sweepExpired({ tables: [registry, table].map(dynamoExpiredItems), now, sweepAfterHours });
const count = countUnacknowledged({ deletions: dynamoUnfinishedDeletions(table), now });

/** What fails is thrown: it is the alarm of this function, and the next hour tries again. */
export async function handler(): Promise<Swept & { released: number; unacknowledged: number }> {
  const contacts = dynamoContacts(table, (await keyRing()).subjectKeys, now);
  const released = await releaseLapsedHolds({ contacts, index, schedule, now, graceDays })();
  if (released > 0) log('info', 'Holds lapsed and were released', { count: released });
  const swept = await sweep();
  const { removed, lagSeconds: seconds } = swept;
  if (removed > 0)
    log('warn', 'TTL was late; overdue items were deleted', { code: LOG_CODE.overdue, count: removed, seconds });
  const unacknowledged = await count();
  if (unacknowledged > 0)
    log('warn', 'Systems have not followed deletions', { code: LOG_CODE.unacknowledged, count: unacknowledged });
  return { ...swept, released, unacknowledged };
}
