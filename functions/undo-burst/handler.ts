import { dynamoPressedPeople, dynamoSourcedRequests } from '../../shared/adapters/dynamo/bursts.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { DEFAULT_BURSTS } from '../../shared/domain/burst.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { type HttpRequest, jsonReply } from '../../shared/http/request.ts';
import { burstUndoBodySchema } from '../../shared/http/schemas/bursts.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { undoBurst } from './undo-burst.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { bursts: rule = DEFAULT_BURSTS, retention } = settings;
const stores = { sourced: dynamoSourcedRequests(table), people: dynamoPressedPeople(table) };
const undo = undoBurst({ ...stores, now: systemTime, rule, requestDays: retention.requestDays });

function readReason(http: HttpRequest): string {
  const reason = harmlessText(readJson(burstUndoBodySchema, http).reason);
  if (reason !== '') return reason;
  const accepted = 'Why this was a program, and who said so, in words';
  throw new VisibleError('invalid', 'reason.missing', 'Nothing is undone without a reason', {
    field: 'reason',
    accepted,
  });
}

export const handler = httpDoor(
  async (http) => {
    const actor = requireStaff(http);
    const [reason, { sources }] = [readReason(http), await keyRing()];
    const undone = await undo({ id: http.params.id ?? '', actor, actorKey: sources.ofActor(actor), reason });
    if (undone === 'unknown')
      throw new VisibleError('not-found', 'burst.unknown', 'There is no such burst within the last days');
    return jsonReply(200, undone);
  },
  { settings, report: (error, route) => log('error', 'A burst could not be undone', { error, route }) },
);
