import { log } from '../../shared/adapters/log.ts';
import { openContacts } from '../../shared/adapters/open-contacts.ts';
import { endsOf, statusOf } from '../../shared/http/contact-answers.ts';
import { readContactId } from '../../shared/http/contact-path.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { cancellationBodySchema } from '../../shared/http/schemas/contacts.ts';
import { readSettings } from '../../shared/settings.ts';
import { cancelContact } from './cancel-contact.ts';

const settings = readSettings();
const ports = openContacts();

export const handler = httpDoor(
  async (request) => {
    const contactId = readContactId(request);
    const asked = readJson(cancellationBodySchema, request);
    const { kind, contact } = await cancelContact(await ports())(contactId, asked);
    const outcome = kind === 'changed' ? 'cancelled' : kind;
    return jsonReply(200, { outcome, status: statusOf(contact), classes: endsOf(contact) });
  },
  { settings, report: (error, route) => log('error', 'A contact could not be cancelled', { error, route }) },
);
