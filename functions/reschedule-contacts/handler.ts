import { dynamoContactIndex } from '../../shared/adapters/dynamo/contact-index.ts';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { type RescheduleReport, rescheduleCallSchema } from './reschedule-call.ts';
import { rescheduleContacts } from './reschedule-contacts.ts';

const { graceDays } = readSettings().retention;
const schedule = readSchedule();
const table = openTable(readVariable(ENV.contactsTable));
const index = dynamoContactIndex(table);
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

/** Called by `npx heed reschedule`, so that nobody needs a right on the table. */
export async function handler(input: unknown): Promise<RescheduleReport> {
  const call = rescheduleCallSchema.parse(input);
  const contacts = dynamoContacts(table, (await keyRing()).subjectKeys, systemTime);
  return await rescheduleContacts({ contacts, index, schedule, graceDays, now: systemTime })(call);
}
