import { readCompanion } from '../../shared/adapters/companion-file.ts';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readSettings } from '../../shared/settings.ts';

const settings = readSettings();

// Written beside the bundle when it is built, from the schemas that parse; see infra/openapi.ts.
const openapi = readCompanion('openapi.json');

export const handler = httpDoor(() => ({ status: 200, body: openapi, contentType: 'application/json' }), {
  settings,
  report: (error, route) => log('error', 'The interface document could not be shown', { error, route }),
});
