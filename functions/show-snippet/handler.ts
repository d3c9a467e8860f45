import { createHash } from 'node:crypto';
import { readCompanion } from '../../shared/adapters/companion-file.ts';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { type HttpReply, jsonReply } from '../../shared/http/request.ts';
import type { SnippetAnswer } from '../../shared/http/schemas/snippet.ts';
import { ENV, SNIPPET_FILE, SNIPPET_PATH } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';

const settings = readSettings();
const snippet = readCompanion(SNIPPET_FILE);
const description: SnippetAnswer = {
  url: readVariable(ENV.publicUrl) + SNIPPET_PATH,
  integrity: `sha384-${createHash('sha384').update(snippet).digest('base64')}`,
};

// Browsers check the hash only of what they may read across origins. API Gateway names the origin, if it is that of a configured site: others
// cannot load the snippet with a hash, and could not post either.
const FOR_SITES = { 'cross-origin-resource-policy': 'cross-origin', vary: 'Origin' };

const script: HttpReply = {
  status: 200,
  body: snippet,
  contentType: 'text/javascript; charset=utf-8',
  headers: { ...FOR_SITES, 'cache-control': 'public, max-age=31536000, immutable' },
};

export const handler = httpDoor(({ route }) => (route.endsWith('.js') ? script : jsonReply(200, description)), {
  settings,
  report: (error, route) => log('error', 'The snippet could not be shown', { error, route }),
});
