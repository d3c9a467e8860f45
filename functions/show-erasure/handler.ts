import { dynamoConfirmations } from '../../shared/adapters/dynamo/confirmations.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { openErasure } from '../../shared/domain/open-erasure.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { erasurePage } from '../../shared/views/erasure-page.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const openLink = openErasure({
  confirmations: dynamoConfirmations(table),
  requests: dynamoRequests(table),
  now: systemTime,
});

export const handler = httpDoor(
  async (request) => {
    const open = await openLink(request.token);
    const frame = pageFrame(requestLocale(request, settings, open?.link.locale), settings);
    if (open === undefined) return neutralReply(frame, publicUrl);
    return htmlReply(200, erasurePage({ ...frame, receivedAt: open.request.receivedAt }));
  },
  { settings, report: (error, route) => log('error', 'An erasure could not be shown', { error, route }) },
);
