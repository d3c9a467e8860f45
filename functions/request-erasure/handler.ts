import { dynamoRequestBook } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { canonicalEmail } from '../../shared/domain/email.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { LINK_HOURS } from '../../shared/domain/policy.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { readJson } from '../../shared/http/json.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply } from '../../shared/http/request.ts';
import { type ErasureAnswer, erasureBodySchema } from '../../shared/http/schemas/erasures.ts';
import { ENV, HONEYPOT_FIELD } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { erasureAskedPage, erasureFormPage } from '../../shared/views/erasure-form-page.ts';
import { addressProblem } from '../../shared/views/form-page.ts';
import { requestErasure } from './request-erasure.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const book = dynamoRequestBook(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { requestDays } = settings.retention;

async function ask(asked: Parameters<ReturnType<typeof requestErasure>>[0]) {
  return await requestErasure({ ...(await keyRing()), book, newRequestId, now: systemTime, requestDays })(asked);
}

async function answerForm(request: HttpRequest): Promise<HttpReply> {
  const form = await readForm(request);
  const typed = form.get('address') ?? form.get('email') ?? '';
  const locale = requestLocale(request, settings, form.get('locale') ?? undefined);
  const site = settings.sites.find(({ id }) => id === form.get('site'));
  const frame = pageFrame(locale, settings, site);
  const address = canonicalEmail(typed);
  if (!address.ok) {
    const known = { value: typed, ...(site && { site: site.id }) };
    return htmlReply(400, erasureFormPage({ ...frame, ...known, problem: addressProblem(frame, address.problem) }));
  }
  const isSuspect = (form.get(HONEYPOT_FIELD) ?? '') !== '';
  await ask({ identifier: address.identifier, manner: 'form', locale, site: site?.id, isSuspect });
  return htmlReply(200, erasureAskedPage({ ...frame, formUrl: `${publicUrl}/` }));
}

async function answerJson(request: HttpRequest): Promise<HttpReply> {
  const { email, site, locale } = readJson(erasureBodySchema, request);
  const address = canonicalEmail(email);
  if (!address.ok) {
    const { code, detail, accepted } = address.problem;
    throw new VisibleError('invalid', code, detail, { field: 'email', accepted });
  }
  const language = requestLocale(request, settings, locale);
  const asked = await ask({ identifier: address.identifier, manner: 'api', locale: language, site });
  const answer: ErasureAnswer = {
    requestId: asked.requestId,
    status: 'awaiting_confirmation',
    receivedAt: asked.receivedAt.toISOString(),
    confirmWithinHours: LINK_HOURS.erasure,
  };
  return jsonReply(202, answer);
}

export const handler = httpDoor(
  (request) => (request.route === 'POST /v1/erasures' ? answerJson(request) : answerForm(request)),
  { settings, report: (error, route) => log('error', 'A wish for erasure could not be taken', { error, route }) },
);
