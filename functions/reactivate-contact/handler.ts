import { log } from '../../shared/adapters/log.ts';
import { openContacts } from '../../shared/adapters/open-contacts.ts';
import { endsOf, statusOf } from '../../shared/http/contact-answers.ts';
import { readContactId } from '../../shared/http/contact-path.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { readSettings } from '../../shared/settings.ts';
import { reactivateContact } from './reactivate-contact.ts';

const settings = readSettings();
const ports = openContacts();

export const handler = httpDoor(
  async (request) => {
    const contactId = readContactId(request);
    const { kind, contact } = await reactivateContact(await ports())(contactId);
    const outcome = kind === 'changed' ? 'reactivated' : kind;
    return jsonReply(200, { outcome, status: statusOf(contact), classes: endsOf(contact) });
  },
  { settings, report: (error, route) => log('error', 'A contact could not be reactivated', { error, route }) },
);
