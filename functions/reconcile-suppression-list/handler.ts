import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { sesSuppressionList } from '../../shared/adapters/ses-suppression-list.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { reconcileSuppressionList } from './reconcile-suppression-list.ts';

const { retention, locales } = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const stores = { optOuts: dynamoOptOuts(table), suppressions: dynamoSuppressions(table), list: sesSuppressionList() };
const facts = { now: systemTime, locale: locales[0] ?? 'en', requestDays: retention.requestDays };

export async function handler(): Promise<{ listed: number; recorded: number }> {
  const { subjectKeys } = await keyRing();
  const done = await reconcileSuppressionList({ ...stores, ...facts, subjectKeys })();
  if (done.recorded > 0) log('info', "SES's own list opted out", { count: done.recorded });
  return done;
}
