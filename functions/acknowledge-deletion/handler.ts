import { dynamoDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { acknowledgeDeletion } from '../../shared/domain/contact/acknowledge-deletion.ts';
import type { DeletionId } from '../../shared/domain/contact/deletion.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { acknowledgementBodySchema } from '../../shared/http/schemas/deletions.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';

const settings = readSettings();
const deletions = dynamoDeletions(openTable(readVariable(ENV.contactsTable)));
const acknowledge = acknowledgeDeletion({ deletions, now: systemTime });

export const handler = httpDoor(
  async (request) => {
    const { subjectKey, system, evidence } = readJson(acknowledgementBodySchema, request);
    // Not checked for its form: what is no id of ours is unknown.
    const deletionId = (request.params.deletionId ?? '') as DeletionId;
    await acknowledge({ deletionId, subjectKey: subjectKey as SubjectKey, system, evidence });
    return jsonReply(200, { deletionId, system, state: 'acknowledged' });
  },
  { settings, report: (error, route) => log('error', 'A deletion could not be acknowledged', { error, route }) },
);
