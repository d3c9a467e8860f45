import type { DynamoDBRecord } from 'aws-lambda';
import { dynamoDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { eventBridge } from '../../shared/adapters/event-bridge.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { sqsMailQueue } from '../../shared/adapters/sqs-mail-queue.ts';
import { sqsTextQueue } from '../../shared/adapters/sqs-text-queue.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { eachRecord } from '../../shared/stream/each-record.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { dispatch } from './dispatch.ts';

const textQueueUrl = process.env[ENV.textQueueUrl];

const dispatchChange = dispatch({
  mailQueue: sqsMailQueue(readVariable(ENV.mailQueueUrl)),
  textQueue: textQueueUrl === undefined ? undefined : sqsTextQueue(textQueueUrl),
  eventBus: eventBridge(readVariable(ENV.eventBus)),
  deletions: dynamoDeletions(openTable(readVariable(ENV.contactsTable))),
  schedule: readSchedule(),
  evidenceDays: readSettings().retention.requestDays,
});

export const handler = eachRecord<DynamoDBRecord>({
  identify: ({ dynamodb }) => dynamodb?.SequenceNumber ?? '',
  handle: (record) => dispatchChange(readChange(record)),
  isOrdered: true,
  report: (error, eventId) =>
    log('error', 'A change was not passed on; the stream brings it again', { error, eventId }),
});
