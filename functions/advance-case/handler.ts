import { dynamoComplaints } from '../../shared/adapters/dynamo/complaints.ts';
import { dynamoDenials } from '../../shared/adapters/dynamo/denials.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { COMPLAINT_MOVES } from '../../shared/domain/complaint.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { parseCaseId } from '../../shared/http/case-id.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { type HttpReply, type HttpRequest, jsonReply } from '../../shared/http/request.ts';
import {
  type ComplaintEventAnswer,
  complaintEventBodySchema,
  type DenialAnswer,
  denialBodySchema,
} from '../../shared/http/schemas/complaints.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { advanceComplaint } from './advance-complaint.ts';
import { denyRequest } from './deny-request.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const shared = { now: systemTime, requestDays: settings.retention.requestDays };
const advance = advanceComplaint({ ...shared, complaints: dynamoComplaints(table) });
const deny = denyRequest({ ...shared, requests: dynamoRequests(table), denials: dynamoDenials(table) });

async function answerEvent(http: HttpRequest, actor: string): Promise<HttpReply> {
  const { event, told } = readJson(complaintEventBodySchema, http);
  const { id = '' } = http.params;
  const key = parseCaseId(id);
  const state = key === undefined ? 'unknown' : await advance({ key, event, told, actor });
  if (state === 'unknown') throw new VisibleError('not-found', 'complaint.unknown', 'There is no such complaint');
  if (state === 'not-allowed')
    throw new VisibleError('conflict', 'complaint.not-allowed', 'The complaint is not where this can happen', {
      field: 'event',
      accepted: `${event} follows ${COMPLAINT_MOVES[event].from.join(' or ')}`,
    });
  return jsonReply(200, { id, state } satisfies ComplaintEventAnswer);
}

async function answerDenial(http: HttpRequest, actor: string): Promise<HttpReply> {
  const { basis, ...body } = readJson(denialBodySchema, http);
  const [evidence, explanation] = [readText('evidence', body.evidence), readText('explanation', body.explanation)];
  const { id = '' } = http.params;
  const key = parseCaseId(id);
  const denied = key === undefined ? 'unknown' : await deny({ key, basis, evidence, explanation, actor });
  if (denied === 'unknown') throw new VisibleError('not-found', 'request.unknown', 'There is no such request');
  if (denied === 'not-allowed')
    throw new VisibleError('conflict', 'denial.not-allowed', 'This request cannot be denied on this basis', {
      field: 'basis',
      accepted: 'fraud_suspected for an opt-out; no_permission where an agent without power of attorney asked for it',
    });
  if (denied === 'denied-before')
    throw new VisibleError('conflict', 'denial.before', 'The request was denied before, in other words', {
      accepted: 'The same again',
    });
  const { at, explanation: tell } = denied;
  return jsonReply(200, { id, state: 'denied', basis, deniedAt: at.toISOString(), tell } satisfies DenialAnswer);
}

function readText(field: 'evidence' | 'explanation', written: string): string {
  const text = harmlessText(written);
  if (text !== '') return text;
  throw new VisibleError('invalid', `denial.${field}`, 'A denial without it is none', {
    field,
    accepted: 'Some words',
  });
}

export const handler = httpDoor(
  (http) => {
    const actor = requireStaff(http);
    return http.route.endsWith('/denial') ? answerDenial(http, actor) : answerEvent(http, actor);
  },
  { settings, report: (error, route) => log('error', 'A case could not be moved on', { error, route }) },
);
