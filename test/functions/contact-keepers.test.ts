import '../support/handler-environment.ts';
import {
  ConditionalCheckFailedException,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as importList } from '../../functions/import-cancellations/handler.ts';
import { handler as hear } from '../../functions/on-customer-changed/handler.ts';
import { contactClassItem, contactItem } from '../../shared/adapters/dynamo/contact-item.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import { putContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { cancellationsAnswerSchema } from '../../shared/http/schemas/cancellations.ts';
import { httpEvent, jsonEvent, testContext } from '../support/http-events.ts';
import { aws, resetClients } from '../support/mocked-clients.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const AT = '2026-11-01T08:00:00Z';
const ROUTE = 'POST /v1/cancellations';
const { subjectKeys } = testKeyRing();

/** The contact c1, with an account. */
function knownItems() {
  const subjectKey = subjectKeys.current({ kind: 'customer', canonical: 'c1' });
  const names = { contactId: 'c1' as ContactId, subjectKey };
  const rules = { schedule: DEFAULT_SCHEDULE, now: new Date(AT) };
  const { contact } = putContact(undefined, names, { identifiers: [], classes: { account: {} } }, rules);
  const items = [contactItem(contact), contactClassItem(contact, 'account', {})];
  return { pk: `CONTACT#${subjectKey}`, items: items.map((item) => toItem({ ...item, version: 1 })) };
}

beforeEach(() => {
  resetClients();
  const { pk, items } = knownItems();
  aws.dynamo.on(QueryCommand).resolves({ Items: [] });
  aws.dynamo.on(QueryCommand, { ExpressionAttributeValues: toItem({ ':pk': pk }) }).resolves({ Items: items });
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
});

const writes = () => aws.dynamo.commandCalls(TransactWriteItemsCommand);

describe('POST /v1/cancellations', () => {
  const forms = [
    [
      'JSON',
      jsonEvent(ROUTE, {
        cancellations: [
          { contactId: 'c1', cancelledAt: AT },
          { contactId: 'u1', cancelledAt: AT },
        ],
      }),
      2,
    ],
    [
      'NDJSON',
      text(
        'application/x-ndjson',
        `{"contactId":"c1","cancelledAt":"${AT}"}\n\n{"contactId":"u1","cancelledAt":"${AT}"}`,
      ),
      3,
    ],
    ['CSV', text('text/csv; charset=utf-8', `contactId,cancelledAt\r\nc1,${AT}\r\nu1,${AT}\r\n`), 3],
  ] as const;

  function text(contentType: string, body: string) {
    return httpEvent(ROUTE, { contentType, body });
  }

  it.each(forms)('takes %s, does the good line, and names the other', async (_, event, line) => {
    const { statusCode, body = '' } = await importList(event, testContext);
    expect(statusCode).toBe(200);
    expect(cancellationsAnswerSchema.parse(JSON.parse(body))).toMatchObject({
      accepted: 1,
      rejected: [{ line, code: 'contact.unknown', field: 'contactId' }],
    });
    expect(writes()).toHaveLength(1);
  });

  it.each([
    ['another form', text('text/plain', 'c1'), 415, 'body.unsupported-type'],
    ['a table without its header', text('text/csv', `c1,${AT}`), 400, 'csv.header'],
    ['no line', text('text/csv', 'contactId,cancelledAt\n'), 400, 'batch.empty'],
    ['too many lines', text('text/csv', `contactId,cancelledAt${`\nc1,${AT}`.repeat(1001)}`), 413, 'batch.too-large'],
    ['too many members', jsonEvent(ROUTE, { cancellations: Array(1001).fill({}) }), 400, 'body.too-big'],
  ])('refuses %s, and writes nothing', async (_, event, status, code) => {
    const { statusCode, body = '' } = await importList(event, testContext);
    expect([statusCode, JSON.parse(body).code]).toEqual([status, code]);
    expect(writes()).toEqual([]);
  });

  it('answers 503 when the store is down', async () => {
    aws.dynamo.on(QueryCommand).rejects(new Error('canary-4711'));
    const { statusCode, body = '' } = await importList(
      jsonEvent(ROUTE, { cancellations: [{ contactId: 'c1', cancelledAt: AT }] }),
      testContext,
    );
    expect([statusCode, JSON.parse(body).code]).toEqual([503, 'store.unavailable']);
    expect(body).not.toContain('canary');
  });
});

describe('news of customers', () => {
  const record = (messageId: string, body: object | string) =>
    ({
      messageId,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { SentTimestamp: '1764000000000' },
    }) as SQSRecord;
  const left = { type: 'customer.cancelled', contactId: 'c1', cancelledAt: AT };

  it('are taken but for the malformed, which alone comes again and ends in the dead-letter queue', async () => {
    const Records = [
      record('a', left),
      record('b', '{'),
      record('c', { ...left, contactId: 'jane@example.org' }),
      record('d', { ...left, contactId: 'c2' }),
    ];
    expect(await hear({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }] });
    expect(writes()).toHaveLength(2);
  });

  it('say that a system has followed a deletion, as by the API; what no deletion waits for comes again', async () => {
    const followed = {
      type: 'contact.class.acknowledged',
      deletionId: `del_${'a'.repeat(32)}`,
      subjectKey: `k1.${'c'.repeat(43)}`,
      system: 'crm',
    };
    aws.dynamo.on(UpdateItemCommand).resolves({});
    expect(await hear({ Records: [record('a', followed)] })).toEqual({ batchItemFailures: [] });
    const [call] = aws.dynamo.commandCalls(UpdateItemCommand);
    expect(JSON.stringify(call?.args[0].input)).toContain('crm');
    aws.dynamo
      .on(UpdateItemCommand)
      .rejects(new ConditionalCheckFailedException({ message: 'no such deletion', $metadata: {} }));
    expect(await hear({ Records: [record('b', followed)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  });

  it('come again when the store is down', async () => {
    aws.dynamo.on(QueryCommand).rejects(new Error('down'));
    expect(await hear({ Records: [record('a', left)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
  });
});
