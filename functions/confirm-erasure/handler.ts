import { dynamoConfirmations } from '../../shared/adapters/dynamo/confirmations.ts';
import { dynamoContactIndex } from '../../shared/adapters/dynamo/contact-index.ts';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { dynamoErasures } from '../../shared/adapters/dynamo/erasures.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { erasedPage } from '../../shared/views/erasure-page.ts';
import { confirmErasure } from './confirm-erasure.ts';

const settings = readSettings();
const schedule = readSchedule();
const publicUrl = readVariable(ENV.publicUrl);
const registry = openTable(readVariable(ENV.registryTable));
const contactsTable = openTable(readVariable(ENV.contactsTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const ports = {
  confirmations: dynamoConfirmations(registry),
  requests: dynamoRequests(registry),
  erasures: dynamoErasures(registry),
  index: dynamoContactIndex(contactsTable),
  now: systemTime,
  schedule,
};

export const handler = httpDoor(
  async (request) => {
    const { subjectKeys } = await keyRing();
    const contacts = dynamoContacts(contactsTable, subjectKeys, systemTime);
    const erased = await confirmErasure({ ...ports, contacts })(request.token);
    const fromLink = erased === 'unknown-link' ? undefined : erased.locale;
    const frame = pageFrame(requestLocale(request, settings, fromLink), settings);
    if (erased === 'unknown-link') return neutralReply(frame, publicUrl);
    return htmlReply(200, erasedPage({ ...frame, outcomes: erased.outcomes, schedule }));
  },
  { settings, report: (error, route) => log('error', 'An erasure was not completed', { error, route }) },
);
