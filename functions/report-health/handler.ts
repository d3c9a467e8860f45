import { healthKey } from '../../shared/adapters/dynamo/keys.ts';
import { readLiving } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';

const settings = readSettings();
const table = openTable(readVariable(ENV.registryTable));

export const handler = httpDoor(
  async () => {
    // Without the store there is no opt-out and no check, so health is whether it answers; otherwise this throws, which is a 503.
    await readLiving(table, healthKey(), systemTime());
    return jsonReply(200, { status: 'ok' });
  },
  { settings, report: (error, route) => log('error', 'The store does not answer', { error, route }) },
);
