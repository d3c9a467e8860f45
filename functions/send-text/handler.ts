import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { awsTextOptOutList } from '../../shared/adapters/aws-text-opt-out-list.ts';
import { awsTexter } from '../../shared/adapters/aws-texter.ts';
import { dynamoMailClaims } from '../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import type { TextOrder } from '../../shared/domain/ports/mail-queue.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { ENV } from '../../shared/names.ts';
import { type Locale, readSettings, readVariable, textOptOutList } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { helpText, optedOutText } from '../../shared/views/answer-texts.ts';
import { sendAnswer } from './send-answer.ts';

const { controller, sender, texts } = readSettings();
const table = openTable(readVariable(ENV.registryTable));

const orderSchema = z.strictObject({
  subjectKey: z.string(),
  requestId: z.templateLiteral(['req_', z.string()]),
  receivedAt: z.iso.datetime(),
});

const send = sendAnswer({
  requests: dynamoRequests(table),
  claims: dynamoMailClaims(table),
  texter: awsTexter(),
  compose: ({ locale, status }) => {
    const frame = { strings: stringsFor(locale as Locale), controller };
    return status.type === 'help' ? helpText({ ...frame, contact: sender.address }) : optedOutText(frame);
  },
  list: awsTextOptOutList(textOptOutList(texts)),
  now: systemTime,
  report: (error, requestId) => log('error', 'A number is not on the list of the network', { error, requestId }),
});

async function handle({ body, messageId, attributes }: SQSRecord): Promise<void> {
  const order = orderSchema.parse(JSON.parse(body)) as TextOrder;
  const outcome = await send(order, `${messageId}.${attributes.ApproximateReceiveCount}`);
  if (outcome !== 'sent') log('warn', 'An answering text was not surely sent', { requestId: order.requestId, outcome });
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) => log('error', 'A text was not sent; the queue brings it again', { error, eventId }),
});
