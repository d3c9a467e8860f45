import { awsTextOptOutList } from '../../shared/adapters/aws-text-opt-out-list.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { sesSuppressionList } from '../../shared/adapters/ses-suppression-list.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable, textOptOutList } from '../../shared/settings.ts';
import { LISTED_BY_SES, LISTED_FOR_TEXTS } from './listed.ts';
import { reconcileSuppressionList } from './reconcile-suppression-list.ts';

const { retention, locales, texts } = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const stores = { optOuts: dynamoOptOuts(table), suppressions: dynamoSuppressions(table) };
const facts = { now: systemTime, locale: locales[0] ?? 'en', requestDays: retention.requestDays };

/** A stage without numbers has no list of texts. */
const lists = [
  { news: "SES's own list opted out", list: sesSuppressionList(), listed: LISTED_BY_SES },
  ...(texts === undefined ? [] : [textSource(textOptOutList(texts))]),
];

function textSource(name: string) {
  const news = "The phone network's own list opted out";
  return { news, list: awsTextOptOutList(name), listed: LISTED_FOR_TEXTS };
}

/** One list after the other; a list that fails holds up no other. */
export async function handler(): Promise<{ listed: number; recorded: number }> {
  const { subjectKeys } = await keyRing();
  const done = { listed: 0, recorded: 0 };
  const failures: unknown[] = [];
  for (const { news, ...source } of lists) {
    try {
      const { listed, recorded } = await reconcileSuppressionList({ ...stores, ...facts, ...source, subjectKeys })();
      done.listed += listed;
      done.recorded += recorded;
      if (recorded > 0) log('info', news, { count: recorded });
    } catch (error) {
      // Named failure: a list or the store did not answer. It is told below, and the next hour reads all again.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'A list could not be read to its end');
  return done;
}
