import { dynamoConfirmations } from '../../shared/adapters/dynamo/confirmations.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { confirmationPage } from '../../shared/views/confirmation-page.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const confirmations = dynamoConfirmations(openTable(readVariable(ENV.registryTable)));

// EM-05: viewing never uses a link up; the button's POST does.
export const handler = httpDoor(
  async (request) => {
    const link = await confirmations.find(hashToken(request.token), systemTime());
    const frame = pageFrame(requestLocale(request, settings, link?.locale), settings);
    if (link === undefined || link.consumedAt !== undefined || link.purpose === 'erasure')
      return neutralReply(frame, publicUrl);
    return htmlReply(200, confirmationPage({ ...frame, ...link, purpose: link.purpose }));
  },
  { settings, report: (error, route) => log('error', 'A confirmation page could not be shown', { error, route }) },
);
