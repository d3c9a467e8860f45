import { dynamoComplaints } from '../../shared/adapters/dynamo/complaints.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { COMPLAINT_MOVES } from '../../shared/domain/complaint.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { parseComplaintId } from '../../shared/http/complaint-id.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { type ComplaintEventAnswer, complaintEventBodySchema } from '../../shared/http/schemas/complaints.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { advanceComplaint } from './advance-complaint.ts';

const settings = readSettings();
const complaints = dynamoComplaints(openTable(readVariable(ENV.registryTable)));
const advance = advanceComplaint({ complaints, now: systemTime, requestDays: settings.retention.requestDays });

export const handler = httpDoor(
  async (http) => {
    const actor = requireStaff(http);
    const { event, told } = readJson(complaintEventBodySchema, http);
    const { id = '' } = http.params;
    const key = parseComplaintId(id);
    const state = key === undefined ? 'unknown' : await advance({ key, event, told, actor });
    if (state === 'unknown') throw new VisibleError('not-found', 'complaint.unknown', 'There is no such complaint');
    if (state === 'not-allowed')
      throw new VisibleError('conflict', 'complaint.not-allowed', 'The complaint is not where this can happen', {
        field: 'event',
        accepted: `${event} follows ${COMPLAINT_MOVES[event].from.join(' or ')}`,
      });
    return jsonReply(200, { id, state } satisfies ComplaintEventAnswer);
  },
  { settings, report: (error, route) => log('error', 'A complaint could not be moved on', { error, route }) },
);
