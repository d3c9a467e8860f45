import { readCompanion } from '../../shared/adapters/companion-file.ts';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { GPC_FILE, SECURITY_FILE } from '../../shared/names.ts';
import { readSettings } from '../../shared/settings.ts';

const settings = readSettings();

// Public and the same for everybody; whoever reads an old one for an hour loses nothing.
const headers = { 'cache-control': 'public, max-age=3600' };
const gpc = { status: 200, contentType: 'application/json', headers, body: readCompanion(GPC_FILE) };
const security = { status: 200, contentType: 'text/plain; charset=utf-8', headers, body: readCompanion(SECURITY_FILE) };

export const handler = httpDoor(({ route }) => (route.endsWith('/security.txt') ? security : gpc), {
  settings,
  report: (error, route) => log('error', 'A statement could not be shown', { error, route }),
});
