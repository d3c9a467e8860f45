import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { cancelKnown } from './cancel-known.ts';
import { importCancellations } from './import-cancellations.ts';
import { readBody } from './read-body.ts';

/** Lines begin within this time; the last ones then have five seconds until the function's own time is over. */
const TIME_MS = 15_000;

const settings = readSettings();
const schedule = readSchedule();
const table = openTable(readVariable(ENV.contactsTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

export const handler = httpDoor(
  async (request) => {
    const until = performance.now() + TIME_MS;
    const lines = readBody(request);
    const { subjectKeys } = await keyRing();
    const contacts = dynamoContacts(table, subjectKeys, systemTime);
    const run = importCancellations({
      cancel: cancelKnown({ contacts, subjectKeys, schedule, now: systemTime }),
      report: (error) => log('error', 'A cancellation could not be imported; its sender is told', { error }),
      hasTime: () => performance.now() < until,
    });
    return jsonReply(200, await run(lines));
  },
  { settings, report: (error, route) => log('error', 'Cancellations could not be imported', { error, route }) },
);
