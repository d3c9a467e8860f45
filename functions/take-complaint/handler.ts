import { dynamoRequestBook } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { readJson } from '../../shared/http/json.ts';
import { readPerson } from '../../shared/http/named-person.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply } from '../../shared/http/request.ts';
import { type ComplaintAnswer, complaintBodySchema } from '../../shared/http/schemas/complaints.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { complaintPage, complaintReceivedPage } from '../../shared/views/complaint-page.ts';
import { checkForm, readFormComplaint } from './form-complaint.ts';
import { type Complained, takeComplaint } from './take-complaint.ts';

const settings = readSettings();
const book = dynamoRequestBook(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

async function take(asked: Complained) {
  return takeComplaint({ book, ...(await keyRing()), newRequestId, now: systemTime })(asked);
}

async function answerForm(http: HttpRequest): Promise<HttpReply> {
  const posted = readFormComplaint(await readForm(http), settings);
  const { text, reference, isSuspect, site } = posted;
  const locale = requestLocale(http, settings, posted.locale);
  const frame = pageFrame(locale, settings, site);
  const checked = checkForm(frame, posted);
  if (!('identifier' in checked)) {
    const known = { value: posted.typed, text, reference, ...(site && { site: site.id }) };
    return htmlReply(400, complaintPage({ ...frame, ...known, ...checked }));
  }
  const asked = { ...checked, text, reference, isSuspect, manner: 'form', locale, site: site?.id } as const;
  const { request, answerBy } = await take(asked);
  const { requestId, receivedAt, receipt } = request;
  return htmlReply(
    200,
    complaintReceivedPage({ ...frame, requestId, receivedAt, answerBy, willMail: receipt === 'pending' }),
  );
}

async function answerJson(http: HttpRequest): Promise<HttpReply> {
  const { email, phone, ...body } = readJson(complaintBodySchema, http);
  const text = harmlessText(body.text);
  if (text === '') throw new VisibleError('invalid', 'complaint.empty', 'The complaint has no text', { field: 'text' });
  const locale = requestLocale(http, settings, body.locale);
  const reference = harmlessText(body.reference ?? '');
  const identifier = readPerson({ email, phone });
  const { request, answerBy } = await take({ identifier, text, reference, manner: 'api', locale });
  const { requestId, receivedAt } = request;
  const answer: ComplaintAnswer = { requestId, status: 'received', receivedAt: receivedAt.toISOString(), answerBy };
  return jsonReply(201, answer);
}

export const handler = httpDoor(
  (http) => (http.route === 'POST /v1/complaints' ? answerJson(http) : answerForm(http)),
  { settings, report: (error, route) => log('error', 'A complaint could not be taken', { error, route }) },
);
