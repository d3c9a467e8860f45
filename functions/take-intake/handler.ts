import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { readPerson, readScopes } from '../../shared/http/named-person.ts';
import { requestLocale } from '../../shared/http/page-frame.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { type IntakeAnswer, intakeBodySchema } from '../../shared/http/schemas/intake.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { describeMoment } from '../../shared/views/moment.ts';
import { takeIntake } from './take-intake.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const optOuts = dynamoOptOuts(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { requestDays } = settings.retention;

export const handler = httpDoor(
  async (http) => {
    const actor = requireStaff(http);
    const { channel, note, agent, scopes = [], ...body } = readJson(intakeBodySchema, http);
    const locale = requestLocale(http, settings, body.locale);
    const asked = { channel, note, agent, identifier: readPerson(body), scopes: readScopes(scopes, settings) };
    const take = takeIntake({ optOuts, ...(await keyRing()), newRequestId, now: systemTime, publicUrl, requestDays });
    const { request, receiptUrl } = await take({ ...asked, locale, actor });
    const { requestId, receivedAt } = request;
    const words = { time: describeMoment(stringsFor(locale), receivedAt), number: requestId };
    const answer: IntakeAnswer = {
      requestId,
      status: 'opted_out',
      effective: true,
      scopes: [...request.scopes],
      receivedAt: receivedAt.toISOString(),
      readOut: stringsFor(locale)('intake.readOut', words),
      receiptUrl,
    };
    return jsonReply(201, answer);
  },
  { settings, report: (error, route) => log('error', 'An opt-out could not be taken down', { error, route }) },
);
