import { log } from '../../shared/adapters/log.ts';
import { openContacts } from '../../shared/adapters/open-contacts.ts';
import { endsOf, holdsOf } from '../../shared/http/contact-answers.ts';
import { readContactId, readHoldId } from '../../shared/http/contact-path.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { readSettings } from '../../shared/settings.ts';
import { releaseContact } from './release-contact.ts';

const settings = readSettings();
const { graceDays } = settings.retention;
const ports = openContacts();

export const handler = httpDoor(
  async (request) => {
    const [contactId, holdId] = [readContactId(request), readHoldId(request)];
    const { contact } = await releaseContact({ ...(await ports()), graceDays })(contactId, holdId);
    return jsonReply(200, { holds: holdsOf(contact), classes: endsOf(contact) });
  },
  { settings, report: (error, route) => log('error', 'A hold could not be released', { error, route }) },
);
