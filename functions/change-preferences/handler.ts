import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequestBook } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { wordingVersion } from '../../shared/i18n/strings.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { answerPage } from './answer-pages.ts';
import { readChange } from './change-asked.ts';
import { changePreferences } from './change-preferences.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const stores = { optOuts: dynamoOptOuts(table), book: dynamoRequestBook(table) };
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { requestDays } = settings.retention;
const made = { newRequestId, now: systemTime, wordingOf: wordingVersion, publicUrl, requestDays };

export const handler = httpDoor(
  async (request) => {
    const [{ token }, ring] = [request, await keyRing()];
    const localeOf = (fromLink: string | undefined) => requestLocale(request, settings, fromLink);
    const asked = readChange(await readForm(request), settings.lists);
    const change = changePreferences({ ...ring, ...stores, ...made });
    const changed = await change({ token, source: ring.sources.of(request.clientAddress), change: asked, localeOf });
    if (changed.outcome === 'unknown-link') return neutralReply(pageFrame(localeOf(undefined), settings), publicUrl);
    return answerPage(pageFrame(changed.locale, settings), changed, `${publicUrl}/p/${token}`);
  },
  { settings, report: (error, route) => log('error', 'A choice could not be recorded', { error, route }) },
);
