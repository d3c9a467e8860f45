import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoMailClaims } from '../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newToken, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { sesMailer } from '../../shared/adapters/ses-mailer.ts';
import { MAIL_KINDS } from '../../shared/domain/mail-kind.ts';
import type { MailOrder } from '../../shared/domain/ports/mail-queue.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { mailTexts } from './mail-texts.ts';
import { sendMail } from './send-mail.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const mailer = sesMailer(settings.sender, readVariable(ENV.configurationSet));
const stores = { requests: dynamoRequests(table), claims: dynamoMailClaims(table) };
const texts = mailTexts(settings);

const orderSchema = z.strictObject({
  kind: z.enum(MAIL_KINDS),
  subjectKey: z.string(),
  requestId: z.templateLiteral(['req_', z.string()]),
});

async function handle({ body, messageId, attributes }: SQSRecord): Promise<void> {
  const order = orderSchema.parse(JSON.parse(body)) as MailOrder;
  const { links } = await keyRing();
  const send = sendMail({ ...stores, mailer, links, texts, newToken, now: systemTime, publicUrl });
  const outcome = await send(order, `${messageId}.${attributes.ApproximateReceiveCount}`);
  if (outcome === 'unconfirmed')
    log('warn', 'It is not known whether a mail was sent', { requestId: order.requestId, kind: order.kind });
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) => log('error', 'A mail was not sent; the queue brings it again', { error, eventId }),
});
