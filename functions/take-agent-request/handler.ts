import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoPermissionNotes } from '../../shared/adapters/dynamo/permission-notes.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { s3Permissions } from '../../shared/adapters/s3-permissions.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { PERMISSION_BYTES } from '../../shared/domain/permission-file.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readFormWithFile } from '../../shared/http/form.ts';
import { readJson } from '../../shared/http/json.ts';
import { readPerson, readScopes } from '../../shared/http/named-person.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply } from '../../shared/http/request.ts';
import { type AgentRequestAnswer, agentRequestBodySchema } from '../../shared/http/schemas/agent-requests.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { agentDonePage, agentPage, PERMISSION_FIELD } from '../../shared/views/agent-page.ts';
import { checkForm, readFormAgentRequest } from './form-agent-request.ts';
import { readPermission } from './json-permission.ts';
import { type AgentAsked, takeAgentRequest } from './take-agent-request.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const ports = {
  optOuts: dynamoOptOuts(table),
  notes: dynamoPermissionNotes(table),
  permissions: s3Permissions(readVariable(ENV.intakeBucket)),
  newRequestId,
  now: systemTime,
  publicUrl: readVariable(ENV.publicUrl),
  requestDays: settings.retention.requestDays,
  report: (error: unknown, requestId: string) => log('error', 'A permission was not kept', { error, requestId }),
};

async function take(asked: AgentAsked) {
  return takeAgentRequest({ ...ports, ...(await keyRing()) })(asked);
}

async function answerForm(http: HttpRequest): Promise<HttpReply> {
  const file = { field: PERMISSION_FIELD, mostBytes: PERMISSION_BYTES };
  const posted = readFormAgentRequest(await readFormWithFile(http, file), settings);
  const { asked, site } = posted;
  const locale = requestLocale(http, settings, posted.locale);
  const frame = pageFrame(locale, settings, site);
  const checked = checkForm(frame, posted);
  if (!('identifier' in checked)) {
    const known = { value: posted.typed, scopes: posted.chosen, agent: asked.agent, ...(site && { site: site.id }) };
    return htmlReply(400, agentPage({ ...frame, ...known, ...checked }));
  }
  return htmlReply(200, agentDonePage({ ...frame, ...(await take({ ...asked, ...checked, locale, site: site?.id })) }));
}

async function answerJson(http: HttpRequest): Promise<HttpReply> {
  const body = readJson(agentRequestBodySchema, http);
  const { agent, powerOfAttorney = false, scopes = [] } = body;
  const { request, receiptUrl, permission } = await take({
    identifier: readPerson(body),
    scopes: readScopes(scopes, settings),
    agent: { ...agent, powerOfAttorney },
    permission: readPermission(body),
    locale: requestLocale(http, settings, body.locale),
  });
  const answer: AgentRequestAnswer = {
    requestId: request.requestId,
    status: 'opted_out',
    effective: true,
    scopes: [...request.scopes],
    receivedAt: request.receivedAt.toISOString(),
    receiptUrl,
    permission,
  };
  return jsonReply(201, answer);
}

export const handler = httpDoor(
  (http) => (http.route === 'POST /v1/agent-requests' ? answerJson(http) : answerForm(http)),
  { settings, report: (error, route) => log('error', "An agent's opt-out could not be taken", { error, route }) },
);
