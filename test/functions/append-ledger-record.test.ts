import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { ALLOWED_FACTS, type LedgerRecord, recordProblem } from '../../shared/domain/ledger/record.ts';

const quiet = () => undefined;

interface Changed {
  sk?: string;
  before?: object;
  after?: object;
  userIdentity?: object;
}

function changed({ sk = 'REQUEST#req_1', before, after, userIdentity }: Changed): DynamoDBRecord {
  const keys = { pk: 'SUBJECT#k1.abc', sk };
  const image = (item: object | undefined) =>
    item === undefined ? undefined : marshall({ ...item, ...keys }, { removeUndefinedValues: true });
  const written = before === undefined ? 'INSERT' : 'MODIFY';
  return {
    eventID: 'event-1',
    eventName: after === undefined ? 'REMOVE' : written,
    dynamodb: {
      ApproximateCreationDateTime: Date.parse('2026-11-23T08:00:00Z') / 1000,
      Keys: marshall(keys),
      OldImage: image(before),
      NewImage: image(after),
      SequenceNumber: '100',
    },
    userIdentity,
  } as DynamoDBRecord;
}

function recordOf(change: Changed): LedgerRecord {
  return JSON.parse(ledgerLine(changed(change), quiet).line) as LedgerRecord;
}

const request = { subjectKey: 'k1.abc', requestId: 'req_1', type: 'opt-out', scopes: ['email:marketing'], version: 1 };

describe('ledgerLine', () => {
  it('says which request was received, and by which id its receipt is proven', () => {
    const line = ledgerLine(changed({ after: request }), quiet);
    expect(line).toMatchObject({ id: 'event-1', seq: '100', placedId: 'req_1' });
    expect(JSON.parse(line.line)).toMatchObject({
      event: 'request.created',
      at: '2026-11-23T08:00:00Z',
      facts: request,
    });
  });

  it('leaves out the address, masked or not', () => {
    const after = { ...request, mailTo: 'jane@example.org', maskedAddress: 'j•••@e•••.org', locale: 'en' };
    expect(recordOf({ after }).facts).toEqual(request);
  });

  it('names only the choices that changed', () => {
    const kept = { state: 'out', since: '2026-01-01' };
    const before = { version: 1, 'scope#email:a': kept };
    const after = { version: 2, 'scope#email:a': kept, 'scope#email:b': { state: 'out', note: 'private' } };
    expect(recordOf({ sk: 'SUPPRESSION', before, after })).toMatchObject({
      event: 'suppression.changed',
      facts: { choices: { 'email:b': { state: 'out' } } },
    });
    expect(JSON.stringify(recordOf({ sk: 'SUPPRESSION', before, after }))).not.toMatch(/private|email:a/);
  });

  it('tells a deletion at the end of the period from any other (DD-05)', () => {
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    const before = { ...request, expiresAt: 1_900_000_000 };
    expect(recordOf({ before, userIdentity })).toMatchObject({
      event: 'request.retention-deleted',
      facts: { by: 'ttl', due: 1_900_000_000 },
    });
    expect(recordOf({ before }).event).toBe('request.removed');
  });

  it.each([undefined, 7, '', 'REQ', `req_${'x'.repeat(65)}`])('proves no receipt by the id %j', (requestId) => {
    expect(ledgerLine(changed({ after: { ...request, requestId } }), quiet).placedId).toBeUndefined();
  });

  it('never lets another attribute into a line', () => {
    const secret = 'k7-secret-k7';
    const allowed = new Set([...Object.values(ALLOWED_FACTS).flat(), 'pk', 'sk', 'expiresAt']);
    const name = fc.string({ minLength: 1 }).filter((text) => !allowed.has(text) && !(text in {}));
    const value = fc.oneof(fc.constant(secret), fc.constant([secret]), fc.constant({ deep: { secret } }));
    const others = fc.dictionary(name, value, { minKeys: 1 });
    const sort = fc.constantFrom('REQUEST#req_1', 'SUPPRESSION', 'MAIL-GUARD#receipt', 'OTHER');
    fc.assert(
      fc.property(others, others, sort, fc.constantFrom('created', 'changed', 'removed'), (before, after, sk, kind) => {
        const images = { ...(kind !== 'created' && { before }), ...(kind !== 'removed' && { after }) };
        const { line } = ledgerLine(changed({ sk, ...images }), quiet);
        expect(recordProblem(JSON.parse(line))).toBeUndefined();
        expect(line).not.toContain(secret);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets an address in under an allowed name', () => {
    const reports: string[] = [];
    const record = changed({ after: { ...request, policyVersion: 'jane@example.org' } });
    const { line } = ledgerLine(record, (error) => reports.push(String(error)));
    expect(JSON.parse(line)).toMatchObject({ id: 'event-1', event: 'unknown.changed', facts: {} });
    expect(`${line}${reports}`).not.toContain('jane');
    expect(reports).toHaveLength(1);
  });

  it('has a line for whatever comes, so that nothing blocks a shard', () => {
    const part = fc.oneof(fc.anything(), fc.string(), fc.double());
    const dynamodb = fc.record(
      { ApproximateCreationDateTime: part, SequenceNumber: part, Keys: part, NewImage: part, OldImage: part },
      { requiredKeys: [] },
    );
    const record = fc.record(
      {
        eventID: part,
        eventName: fc.constantFrom('INSERT', 'MODIFY', 'REMOVE', 'X'),
        dynamodb: fc.oneof(dynamodb, part),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(record, fc.anything()), (anything) => {
        const { id, seq, line } = ledgerLine(anything as DynamoDBRecord, quiet);
        expect(recordProblem(JSON.parse(line))).toBeUndefined();
        expect(JSON.parse(line)).toMatchObject({ id, seq });
      }),
      { numRuns: 2000 },
    );
  });
});
