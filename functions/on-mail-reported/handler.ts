import { dynamoMailClaims } from '../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { readMailEvent } from './mail-event.ts';
import { reportMail } from './report-mail.ts';

const { retention, locales } = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const stores = { optOuts: dynamoOptOuts(table), claims: dynamoMailClaims(table) };
const facts = { now: systemTime, locale: locales[0] ?? 'en', requestDays: retention.requestDays };

/** Whatever is thrown makes Lambda bring the event again; nothing of the event is logged, since it holds an address. */
export async function handler(event: unknown): Promise<void> {
  const report = readMailEvent(event);
  const { subjectKeys } = await keyRing();
  await reportMail({ ...stores, ...facts, subjectKeys })(report);
  const { kind, requestId } = report;
  const level = kind === 'not-sent' ? 'error' : 'info';
  log(level, 'SES told what became of a mail', { outcome: kind, ...(requestId && { requestId }) });
}
