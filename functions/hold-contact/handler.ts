import { log } from '../../shared/adapters/log.ts';
import { openContacts } from '../../shared/adapters/open-contacts.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { endsOf, holdsOf } from '../../shared/http/contact-answers.ts';
import { readContactId, readHoldId } from '../../shared/http/contact-path.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { type HttpRequest, jsonReply } from '../../shared/http/request.ts';
import { holdBodySchema } from '../../shared/http/schemas/contacts.ts';
import { readSettings } from '../../shared/settings.ts';
import { holdContact } from './hold-contact.ts';

const settings = readSettings();
const ports = openContacts();

// The token says who, never the body: nobody places a hold in another's name.
function actorOf({ actor }: HttpRequest): string {
  if (actor !== undefined) return actor;
  throw new VisibleError('forbidden', 'hold.nobody', 'The access token names nobody');
}

export const handler = httpDoor(
  async (request) => {
    const [contactId, holdId, by] = [readContactId(request), readHoldId(request), actorOf(request)];
    const asked = readJson(holdBodySchema, request);
    const { contact } = await holdContact(await ports())(contactId, { ...asked, holdId, by });
    return jsonReply(200, { holds: holdsOf(contact), classes: endsOf(contact) });
  },
  { settings, report: (error, route) => log('error', 'A hold could not be placed', { error, route }) },
);
