import type { SQSRecord } from 'aws-lambda';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { dynamoDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { acknowledgeDeletion } from '../../shared/domain/contact/acknowledge-deletion.ts';
import { DELETION_ACKNOWLEDGED, ENV } from '../../shared/names.ts';
import { readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { readCustomerEvent } from './customer-event.ts';
import { onCustomerChanged } from './on-customer-changed.ts';

const schedule = readSchedule();
const table = openTable(readVariable(ENV.contactsTable));
const acknowledge = acknowledgeDeletion({ deletions: dynamoDeletions(table), now: systemTime });
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

async function handle({ body, attributes }: SQSRecord): Promise<void> {
  const event = readCustomerEvent(body, new Date(Number(attributes.SentTimestamp)));
  if (event.type === DELETION_ACKNOWLEDGED) return await acknowledge(event);
  const { subjectKeys } = await keyRing();
  const contacts = dynamoContacts(table, subjectKeys, systemTime);
  await onCustomerChanged({ contacts, subjectKeys, schedule, now: systemTime })(event);
}

export const handler = eachRecord<SQSRecord>({
  identify: ({ messageId }) => messageId,
  handle,
  isOrdered: false,
  report: (error, eventId) =>
    log('error', 'News of a customer was not taken; the queue brings it again', { error, eventId }),
});
