import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { preferencesPage } from '../../shared/views/preferences-page.ts';
import { showPreferences } from './show-preferences.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const suppressions = dynamoSuppressions(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { lists } = settings;

// EM-04: looking changes nothing; this function's role could not write if it wanted to.
export const handler = httpDoor(
  async (request) => {
    const show = showPreferences({ ...(await keyRing()), suppressions, now: systemTime, lists });
    const shown = await show(request.token);
    const frame = pageFrame(requestLocale(request, settings, shown?.locale), settings);
    return shown === undefined
      ? neutralReply(frame, publicUrl)
      : htmlReply(200, preferencesPage({ ...frame, ...shown }));
  },
  { settings, report: (error, route) => log('error', 'A preference page could not be shown', { error, route }) },
);
