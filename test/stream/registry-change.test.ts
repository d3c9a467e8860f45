import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  confirmationKey,
  healthKey,
  mailGuardKey,
  requestKey,
  suppressionKey,
} from '../../shared/adapters/dynamo/keys.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import event from '../fixtures/aws-events/dynamodb-event.json' with { type: 'json' };
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { streamRecord } from '../support/stream-records.ts';

const { subjectKey, requestId } = sampleOptOut();
const key = requestKey({ subjectKey, requestId });
const AT = new Date('2026-11-23T10:00:00Z');
const OVER = AT.getTime() / 1000 - 10;
const LIVING = AT.getTime() / 1000 + 10;

describe('readChange', () => {
  it("reads AWS's own example, whose items are none of ours", () => {
    const [, change] = (event.Records as unknown as DynamoDBRecord[]).map(readChange);
    expect(change).toMatchObject({
      eventId: 'f07f8ca4b0b26cb9c4e5e77e42f274ee',
      sequenceNumber: '1405400000000002063282832',
      at: new Date('2016-12-02T01:27:00Z'),
      kind: 'INSERT',
      itemType: 'unknown',
      before: {},
      after: { String: 'Hello', Map: { Name: 'Joe', Age: 35 }, Null: null },
    });
    expect(change).not.toHaveProperty('endedBy');
  });

  it.each([
    ['suppression', suppressionKey(subjectKey)],
    ['request', key],
    ['mail-guard', mailGuardKey(subjectKey, 'receipt')],
    ['confirmation', confirmationKey({ tokenHash: 'hash' })],
    ['unknown', healthKey()],
    ['unknown', { pk: `SUBJECT#${subjectKey}`, sk: 'SOMETHING-LATER' }],
  ])('knows a %s by its key', (itemType, itemKey) => {
    expect(readChange(streamRecord({ key: itemKey, after: {} })).itemType).toBe(itemType);
  });

  it('tells both images of a change', () => {
    const change = readChange(streamRecord({ key, before: { version: 1 }, after: { version: 2 } }));
    expect(change).toMatchObject({ kind: 'MODIFY', before: { version: 1 }, after: { version: 2 } });
  });

  it.each([
    { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
  ])("knows TTL's removal by $type$Type (DD-05)", (userIdentity) => {
    const change = readChange(streamRecord({ key, before: { expiresAt: OVER }, at: AT, userIdentity }));
    expect(change).toMatchObject({ kind: 'REMOVE', endedBy: 'ttl' });
  });

  it('says nothing of TTL for a write that another service made', () => {
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    expect(readChange(streamRecord({ key, after: {}, userIdentity }))).not.toHaveProperty('endedBy');
    const other = { type: 'Service', principalId: 'replication.dynamodb.amazonaws.com' };
    const removal = readChange(streamRecord({ key, before: { expiresAt: LIVING }, at: AT, userIdentity: other }));
    expect(removal).not.toHaveProperty('endedBy');
  });

  it("takes the removal of what is over, by no service, for the sweeper's", () => {
    expect(readChange(streamRecord({ key, before: { expiresAt: OVER }, at: AT })).endedBy).toBe('sweeper');
  });

  it.each([{ expiresAt: LIVING }, {}, { expiresAt: String(OVER) }])(
    'takes a removal of %j for an ordinary one',
    (before) => {
      expect(readChange(streamRecord({ key, before, at: AT }))).not.toHaveProperty('endedBy');
    },
  );

  it.each(['eventID', 'eventName', 'dynamodb'] as const)('refuses a record without its %s', (name) => {
    const { [name]: _, ...record } = streamRecord({ key, after: {} });
    expect(() => readChange(record)).toThrow('lacks its id, name or sequence number');
  });
});
