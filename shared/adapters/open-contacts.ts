import type { ContactPorts } from '../domain/contact/contact-ports.ts';
import { ENV } from '../names.ts';
import { readVariable } from '../settings.ts';
import { dynamoContacts } from './dynamo/contacts.ts';
import { openTable } from './dynamo/table.ts';
import { systemTime } from './ids.ts';
import { readSchedule } from './schedule-file.ts';
import { secretKeyRing } from './secret-key-ring.ts';

/** Everything that it takes to change contacts, read from the function's environment at start; the key ring at the first call. */
export function openContacts(): () => Promise<ContactPorts> {
  const schedule = readSchedule();
  const table = openTable(readVariable(ENV.contactsTable));
  const keyRing = secretKeyRing(readVariable(ENV.keyRing));
  return async () => {
    const { subjectKeys } = await keyRing();
    return { contacts: dynamoContacts(table, subjectKeys, systemTime), subjectKeys, schedule, now: systemTime };
  };
}
