import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
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
import { receiptPage } from '../../shared/views/receipt-page.ts';
import { showReceipt } from './show-receipt.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const ports = { requests: dynamoRequests(table), suppressions: dynamoSuppressions(table), now: systemTime };

export const handler = httpDoor(
  async (request) => {
    const receipt = await showReceipt({ ...ports, ...(await keyRing()) })(request.token);
    const frame = pageFrame(requestLocale(request, settings, receipt?.locale), settings);
    if (receipt === undefined) return neutralReply(frame, publicUrl);
    return htmlReply(200, receiptPage({ ...frame, ...receipt, receiptMail: receipt.receipt }));
  },
  { settings, report: (error, route) => log('error', 'A receipt could not be shown', { error, route }) },
);
