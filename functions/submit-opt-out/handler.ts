import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { type OptOutAsked, recordOptOut } from '../../shared/domain/record-opt-out.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { readJson } from '../../shared/http/json.ts';
import { readPerson, readScopes, refuseUnknownSite } from '../../shared/http/named-person.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply } from '../../shared/http/request.ts';
import { type OptOutAnswer, optOutBodySchema } from '../../shared/http/schemas/opt-outs.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { badFormPage, outcomePage } from './answer-pages.ts';
import { readFormOptOut } from './form-opt-out.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const optOuts = dynamoOptOuts(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { requestDays } = settings.retention;

async function submit(asked: OptOutAsked) {
  return recordOptOut({ optOuts, ...(await keyRing()), newRequestId, now: systemTime, publicUrl, requestDays })(asked);
}

async function answerForm(request: HttpRequest): Promise<HttpReply> {
  const posted = readFormOptOut(await readForm(request), settings);
  const { address, site, asked } = posted;
  const locale = requestLocale(request, settings, posted.locale);
  const frame = pageFrame(locale, settings, site);
  if (!address.ok) return htmlReply(400, badFormPage(frame, posted, address.problem));
  const source = (await keyRing()).sources.of(request.clientAddress);
  const { identifier } = address;
  const accepted = await submit({ ...asked, identifier, manner: 'form', locale, site: site?.id, source });
  // Only a configured site can send people on; 303 turns the POST into a GET of its page.
  if (site?.thankYouUrl) return { ...htmlReply(303, ''), headers: { location: site.thankYouUrl } };
  return htmlReply(200, outcomePage(frame, accepted));
}

async function answerJson(request: HttpRequest): Promise<HttpReply> {
  const { email, phone, scopes = [], site, locale } = readJson(optOutBodySchema, request);
  const identifier = readPerson({ email, phone });
  refuseUnknownSite(site, settings);
  const { request: accepted, receiptUrl } = await submit({
    identifier,
    scopes: readScopes(scopes, settings),
    manner: 'api',
    locale: requestLocale(request, settings, locale),
    site,
  });
  const answer: OptOutAnswer = {
    requestId: accepted.requestId,
    status: 'opted_out',
    effective: true,
    scopes: [...accepted.scopes],
    receivedAt: accepted.receivedAt.toISOString(),
    receiptUrl,
  };
  return jsonReply(201, answer);
}

export const handler = httpDoor(
  (request) => (request.route === 'POST /v1/opt-outs' ? answerJson(request) : answerForm(request)),
  { settings, report: (error, route) => log('error', 'An opt-out could not be taken', { error, route }) },
);
