import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { contactView } from '../../shared/http/contact-answers.ts';
import { readContactId } from '../../shared/http/contact-path.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { showContact } from './show-contact.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.contactsTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

export const handler = httpDoor(
  async (request) => {
    const contactId = readContactId(request);
    const { subjectKeys } = await keyRing();
    const contacts = dynamoContacts(table, subjectKeys, systemTime);
    return jsonReply(200, contactView(await showContact({ contacts, subjectKeys, now: systemTime })(contactId)));
  },
  { settings, report: (error, route) => log('error', 'A contact could not be shown', { error, route }) },
);
