import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoReviews } from '../../shared/adapters/dynamo/reviews.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { readMime } from '../../shared/adapters/mime-mail.ts';
import { s3RawMails } from '../../shared/adapters/s3-raw-mails.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { understandText } from '../../shared/domain/inbound/understand-text.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { receiveMail } from './receive-mail.ts';

const { retention, locales, sender } = readSettings();
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const ports = {
  ...{ rawMails: s3RawMails(readVariable(ENV.inboundBucket)), readMail: readMime, understand: understandText },
  ...{ optOuts: dynamoOptOuts(table), reviews: dynamoReviews(table), now: systemTime },
  ...{ requestDays: retention.requestDays, locales, ours: [sender.address] },
};

/** EventBridge's event "Object Created" of S3. */
const createdSchema = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

async function handle({ body, messageId }: SQSRecord): Promise<void> {
  const { key } = createdSchema.parse(JSON.parse(body)).detail.object;
  const { kind, optOuts, isForPerson } = await receiveMail({ ...ports, ...(await keyRing()) })(key);
  const outcome = isForPerson ? `${kind}, for a person` : kind;
  log('info', 'A mail was received', { outcome, count: optOuts, eventId: messageId });
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) => log('error', 'A mail was not handled; the queue brings it again', { error, eventId }),
});
