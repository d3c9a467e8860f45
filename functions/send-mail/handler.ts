import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { dynamoReceiptClaims } from '../../shared/adapters/dynamo/receipt-claims.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newToken, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { sesMailer } from '../../shared/adapters/ses-mailer.ts';
import type { ReceiptOrder } from '../../shared/domain/ports/mail-queue.ts';
import { pageFrame } from '../../shared/http/page-frame.ts';
import { ENV } from '../../shared/names.ts';
import { type Locale, readSettings, readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { receiptMail } from '../../shared/views/receipt-mail.ts';
import { type ComposeReceipt, sendReceipt } from './send-receipt.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const mailer = sesMailer(settings.sender, readVariable(ENV.configurationSet));
const stores = { requests: dynamoRequests(table), claims: dynamoReceiptClaims(table) };

const orderSchema = z.strictObject({ subjectKey: z.string(), requestId: z.templateLiteral(['req_', z.string()]) });

const compose: ComposeReceipt = ({ requestId, scopes, receivedAt, locale }, urls) =>
  receiptMail({ ...pageFrame(locale as Locale, settings), requestId, scopes, receivedAt, ...urls });

async function handle({ body, messageId, attributes }: SQSRecord): Promise<void> {
  const order = orderSchema.parse(JSON.parse(body)) as ReceiptOrder;
  const { links } = await keyRing();
  const send = sendReceipt({ ...stores, mailer, links, compose, newToken, now: systemTime, publicUrl });
  const outcome = await send(order, `${messageId}.${attributes.ApproximateReceiveCount}`);
  if (outcome === 'unconfirmed')
    log('warn', 'It is not known whether a receipt was sent', { requestId: order.requestId });
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) => log('error', 'A receipt was not sent; the queue brings it again', { error, eventId }),
});
