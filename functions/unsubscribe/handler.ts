import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpRequest, htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { unsubscribedPage } from '../../shared/views/unsubscribe-page.ts';
import { unsubscribe } from './unsubscribe.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const optOuts = dynamoOptOuts(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing), settings.lists);
const { requestDays } = settings.retention;

/** RFC 8058's body tells a mailbox provider's POST from our page's; both do the same. A body that says neither opts out, too. */
async function mannerOf(request: HttpRequest): Promise<'link-page' | 'one-click'> {
  const isForm = request.headers['content-type'] !== undefined && request.body.length > 0;
  const form = isForm ? await readForm(request).catch(() => undefined) : undefined;
  return form?.get('source') === 'page' ? 'link-page' : 'one-click';
}

// RF-04: 200 and a short body, never a redirect or a cookie; nothing but the link itself is asked for.
export const handler = httpDoor(
  async (request) => {
    const localeOf = (fromLink: string | undefined) => requestLocale(request, settings, fromLink);
    const ring = await keyRing();
    const ports = { optOuts, ...ring, newRequestId, now: systemTime, requestDays };
    const source = ring.sources.of(request.clientAddress);
    const asked = { token: request.token, manner: await mannerOf(request), source, localeOf };
    const outcome = await unsubscribe(ports)(asked);
    if (outcome === 'unknown-link') return neutralReply(pageFrame(localeOf(undefined), settings), publicUrl);
    const { locale, opensPreferences, ...done } = outcome;
    const moreUrl = `${publicUrl}/${opensPreferences ? `p/${request.token}` : ''}`;
    return htmlReply(200, unsubscribedPage({ ...pageFrame(locale, settings), ...done, moreUrl }));
  },
  {
    settings,
    report: (error, route) => log('error', 'An unsubscribe failed; the client is told to try again', { error, route }),
  },
);
