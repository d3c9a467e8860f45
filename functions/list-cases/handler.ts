import { dynamoSourcedRequests } from '../../shared/adapters/dynamo/bursts.ts';
import { dynamoCases } from '../../shared/adapters/dynamo/cases.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { DEFAULT_BURSTS } from '../../shared/domain/burst.ts';
import { COMPLAINT_STATES } from '../../shared/domain/complaint.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { type HttpReply, type HttpRequest, jsonReply } from '../../shared/http/request.ts';
import type { ReviewList } from '../../shared/http/schemas/complaints.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { listBursts } from './list-bursts.ts';
import { type ComplaintFilter, listComplaints, listDoubtful, listReviews } from './list-cases.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const ports = { cases: dynamoCases(table), sourced: dynamoSourcedRequests(table), now: systemTime };
const bursts = listBursts({ ...ports, rule: settings.bursts ?? DEFAULT_BURSTS });

function readFilter({ query }: HttpRequest): ComplaintFilter {
  const state = oneOf('state', COMPLAINT_STATES, query.state);
  const overdue = oneOf('overdue', ['true', 'false'] as const, query.overdue);
  return { state, overdue: overdue === undefined ? undefined : overdue === 'true' };
}

function oneOf<T extends string>(field: string, accepted: readonly T[], value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = accepted.find((one) => one === value);
  if (found !== undefined) return found;
  throw new VisibleError('invalid', `query.${field}`, 'Not a value that is accepted', {
    field,
    accepted: accepted.join(', '),
  });
}

async function answerReviews(): Promise<HttpReply> {
  const [reviews, requests] = await Promise.all([listReviews(ports)(), listDoubtful(ports)()]);
  return jsonReply(200, { reviews, requests } satisfies ReviewList);
}

export const handler = httpDoor(
  async (http) => {
    requireStaff(http);
    if (http.route === 'GET /v1/reviews') return await answerReviews();
    if (http.route === 'GET /v1/bursts') return jsonReply(200, { bursts: await bursts() });
    return jsonReply(200, { complaints: await listComplaints(ports)(readFilter(http)) });
  },
  { settings, report: (error, route) => log('error', 'Cases could not be listed', { error, route }) },
);
