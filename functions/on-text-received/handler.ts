import type { SQSRecord } from 'aws-lambda';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequestBook } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { chooseLocale } from '../../shared/i18n/locale.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { readIncomingText } from './incoming-text.ts';
import { receiveText } from './receive-text.ts';

const { texts, locales, retention } = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const stores = { optOuts: dynamoOptOuts(table), book: dynamoRequestBook(table) };
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const localeOf = (language: string | undefined) => chooseLocale(language, undefined, locales);

async function handle({ body }: SQSRecord): Promise<void> {
  const text = readIncomingText(body);
  const { subjectKeys } = await keyRing();
  const ports = { ...stores, subjectKeys, numbers: texts?.numbers ?? [], localeOf, requestDays: retention.requestDays };
  const outcome = await receiveText(ports)(text);
  log('info', 'A text was received', { outcome });
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) => log('error', 'A text was not understood; the queue brings it again', { error, eventId }),
});
