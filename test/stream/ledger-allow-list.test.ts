import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerRecord } from '../../functions/append-ledger/ledger-record.ts';
import { contactClassKey, contactKey, contactLinkKey, deletionKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import {
  confirmationKey,
  mailGuardKey,
  reachKey,
  requestKey,
  suppressionKey,
} from '../../shared/adapters/dynamo/keys.ts';
import { requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { deletionIdOf } from '../../shared/domain/contact/deletion.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { streamRecord } from '../support/stream-records.ts';

const request = sampleOptOut({ site: 'shop' });
const { subjectKey, requestId } = request;

/** What each type of item may tell the ledger; written out once more, so that a new field is a decision made twice (S3-02). */
const ALLOWED = {
  suppression: { key: suppressionKey(subjectKey), fields: ['subjectKey', 'version'] },
  request: {
    key: requestKey(request),
    fields: [
      ...['subjectKey', 'requestId', 'type', 'state', 'scopes', 'manner', 'receivedAt'],
      ...['policyVersion', 'wording', 'until', 'isSuspect', 'needsReview', 'receipt', 'confirmedAt', 'version'],
      ...['denialBasis', 'deniedAt'],
      ...['burstId', 'undoneByKey', 'hasReason'],
    ],
  },
  reach: { key: reachKey(request), fields: ['subjectKey', 'requestId', 'version'] },
  'mail-guard': { key: mailGuardKey(subjectKey, 'receipt'), fields: ['subjectKey', 'requestId', 'version'] },
  confirmation: {
    key: confirmationKey({ tokenHash: 'secret-hash' }),
    fields: ['subjectKey', 'requestId', 'purpose', 'consumedAt', 'version'],
  },
  contact: {
    key: contactKey(subjectKey),
    fields: ['subjectKey', 'state', 'cancelledAt', 'contractEndsAt', 'decidedAt', 'holdCount', 'version'],
  },
  'contact-class': {
    key: contactClassKey(subjectKey, 'marketing'),
    fields: ['subjectKey', 'class', 'due', 'notBefore', 'policyVersion', 'erasureId', 'erasedAt', 'version'],
  },
  'contact-link': { key: contactLinkKey(subjectKey, subjectKey), fields: ['subjectKey', 'version'] },
  deletion: {
    key: deletionKey(subjectKey, deletionIdOf('event-1')),
    fields: [
      ...['subjectKey', 'deletionId', 'class', 'method', 'due', 'endedAt', 'deletedAt', 'by', 'policyVersion'],
      ...['systems', 'acknowledgedBy', 'acknowledgedAt', 'acknowledgedWith', 'version'],
    ],
  },
  unknown: { key: { pk: 'CONTACT#secret', sk: 'secret' }, fields: [] as string[] },
};

const kinds = ['INSERT', 'MODIFY', 'REMOVE'] as const;
const ttl = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

// The SDK's own converter stumbles over an attribute named `constructor`.
/** Attributes of whatever name, each with a value that would be known again. */
const strays = (fields: string[]) =>
  fc.dictionary(
    fc
      .string({ minLength: 1 })
      .filter((name) => !fields.includes(name) && !/^(scope#|pk$|sk$|__proto__$|constructor$)/.test(name)),
    fc.oneof(
      fc.string().map((text) => `secret ${text}`),
      fc.array(fc.constant('secret')),
      fc.record({ inner: fc.constant('secret'), state: fc.constant('secret') }),
    ),
  );

describe.each(Object.entries(ALLOWED))('of a %s', (itemType, { key, fields }) => {
  it('nothing but the named fields reaches the ledger, whatever else the item holds (S3-02, DD-07)', async () => {
    const names = [
      ...['mailTo', 'maskedAddress', 'site', 'tokenHash', 'attemptId', 'lastOptOut', 'data', 'references'],
      ...['intake', 'denial', 'actor', 'evidence', 'explanation'],
      ...['contactId', 'identifiers', 'reason', 'holds', 'acknowledged'],
      ...['contactId', 'identifiers', 'reason', 'holds', 'acknowledged', 'source', 'undoneBy', 'intake'],
    ];
    const images = fc.tuple(strays(fields), fc.subarray(names)).map(([stray, known]) => ({
      ...stray,
      ...Object.fromEntries(known.map((name) => [name, 'secret'])),
    }));
    await fc.assert(
      fc.asyncProperty(images, fc.constantFrom(...kinds), fc.boolean(), async (image, kind, isTtl) => {
        const change = readChange(
          streamRecord({
            key,
            ...(kind === 'INSERT' ? {} : { before: image }),
            ...(kind === 'REMOVE' ? {} : { after: { ...image, version: 2 } }),
            ...(isTtl && { userIdentity: ttl }),
          }),
        );
        const record = ledgerRecord(change);
        expect(JSON.stringify(record)).not.toContain('secret');
        expect(record.event.startsWith(`${itemType}.`)).toBe(true);
      }),
    );
  });

  it('the named fields do', () => {
    const image = Object.fromEntries(fields.map((name) => [name, `value of ${name}`]));
    expect(ledgerRecord(readChange(streamRecord({ key, after: image }))).facts).toMatchObject(image);
  });
});

describe('the ledger', () => {
  it('knows a request by its subject key and never by its address', () => {
    const record = ledgerRecord(readChange(streamRecord({ key: requestKey(request), after: requestItem(request) })));
    expect(record).toEqual({
      v: 1,
      id: 'event-1',
      seq: '100',
      event: 'request.created',
      at: '2026-11-23T10:00:00Z',
      facts: {
        requestId,
        subjectKey,
        type: 'opt-out',
        state: 'effective',
        scopes: ['any:marketing', 'any:sale-share'],
        manner: 'form',
        receivedAt: '2026-11-23T07:15:30.250Z',
        policyVersion: request.policyVersion,
        isSuspect: false,
        receipt: 'pending',
        version: 1,
      },
    });
  });

  it('tells only those choices of a suppression that changed, and of them only the named members', () => {
    const kept = { state: 'opted-out', since: '2026-01-01T00:00:00.000Z', requestId: 'req_1', manner: 'form' };
    const changed = { ...kept, since: '2026-11-23T10:00:00.000Z', requestId: 'req_2' };
    const record = ledgerRecord(
      readChange(
        streamRecord({
          key: suppressionKey(subjectKey),
          before: { 'scope#sms:marketing': kept, 'scope#email:marketing': kept },
          after: { 'scope#sms:marketing': kept, 'scope#email:marketing': { ...changed, note: 'secret' } },
        }),
      ),
    );
    expect(record.facts).toEqual({ choices: { 'email:marketing': changed } });
  });

  it.each([
    [{ userIdentity: ttl }, 'request.retention-deleted', 'ttl'],
    [{}, 'request.retention-deleted', 'sweeper'],
  ])('records who deleted what was over: %j', (facts, event, by) => {
    const due = 1_700_000_000;
    const removed = streamRecord({ key: requestKey(request), before: { expiresAt: due }, ...facts });
    expect(ledgerRecord(readChange(removed))).toMatchObject({ event, facts: { by, due } });
  });

  it.each([
    ['ttl', { userIdentity: ttl }, {}],
    ['sweeper', {}, {}],
    ['erasure', {}, { erasureId: 'req_1', erasedAt: '2026-11-20T10:00:00.000Z' }],
  ])('proves the deletion of a class: what was due when, who deleted it and how late, by %s', (by, facts, erased) => {
    const kept = {
      subjectKey,
      class: 'marketing',
      due: '2026-11-21T10:00:00.000Z',
      policyVersion: '2026-11-26.0123456789ab',
      expiresAt: Date.parse('2026-11-22T10:00:00Z') / 1000,
      version: 4,
      ...erased,
    };
    const before = { ...kept, data: { name: 'secret' }, references: ['secret'] };
    const key = contactClassKey(subjectKey, 'marketing');
    expect(ledgerRecord(readChange(streamRecord({ key, before, ...facts })))).toMatchObject({
      event: 'contact-class.retention-deleted',
      facts: {
        ...kept,
        by,
        deletedAt: '2026-11-23T10:00:00Z',
        lagSeconds: 86_400,
        deletionId: deletionIdOf('event-1'),
      },
    });
  });

  it('takes what is erased and purged within one second for a deletion, not for a removal', () => {
    const expiresAt = Date.parse('2026-11-23T10:00:01Z') / 1000;
    const key = contactClassKey(subjectKey, 'marketing');
    const purged = streamRecord({ key, before: { subjectKey, class: 'marketing', expiresAt, erasureId: 'req_1' } });
    expect(ledgerRecord(readChange(purged))).toMatchObject({ facts: { by: 'erasure', lagSeconds: 0 } });
  });

  it('tells who deleted the evidence of a deletion apart from who deleted the class', () => {
    const before = { subjectKey, by: 'ttl', due: '2024-01-01T00:00:00.000Z', expiresAt: 1_700_000_000 };
    const key = deletionKey(subjectKey, deletionIdOf('event-1'));
    expect(ledgerRecord(readChange(streamRecord({ key, before }))).facts).toEqual({ ...before, removedBy: 'sweeper' });
  });

  it('calls any other removal by another name (DD-05)', () => {
    const removed = streamRecord({ key: requestKey(request), before: { expiresAt: 1_900_000_000 } });
    const record = ledgerRecord(readChange(removed));
    expect(record.event).toBe('request.removed');
    expect(record.facts).not.toHaveProperty('by');
  });
});
