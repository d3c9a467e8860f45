import { describe, expect, it } from 'vitest';
import { appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import { ledgerRecord } from '../../functions/append-ledger/ledger-record.ts';
import { requestKey } from '../../shared/adapters/dynamo/keys.ts';
import { memoryLedgerObjects } from '../support/memory-ledger-objects.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

async function setUp() {
  const registry = memoryRegistry(() => new Date('2026-11-23T07:15:31Z'));
  const request = sampleOptOut();
  await registry.optOuts.record(request);
  return { ...registry, request };
}

describe('appendLedger', () => {
  it('keeps a batch as one object in the stream’s order', async () => {
    const { table } = await setUp();
    const objects = memoryLedgerObjects();
    expect(await appendLedger({ objects })(table.changes())).toBe('stored');
    expect(objects.objects.size).toBe(1);
    expect(objects.records().map(({ event }) => event)).toEqual(['suppression.created', 'request.created']);
  });

  it('adds nothing when the same batch comes again', async () => {
    const { table } = await setUp();
    const objects = memoryLedgerObjects();
    const append = appendLedger({ objects });
    await append(table.changes());
    expect(await append(table.changes())).toBe('exists');
    expect(objects.objects.size).toBe(1);
  });

  it('writes nothing for nothing', async () => {
    expect(await appendLedger({ objects: memoryLedgerObjects() })([])).toBe('empty');
  });
});

describe('a ledger record', () => {
  it('says which choice was made, and when', async () => {
    const { table, request } = await setUp();
    const record = ledgerRecord(table.changes()[0] ?? expect.fail('no change'));
    expect(record).toMatchObject({ v: 1, at: '2026-11-23T07:15:31.000Z', facts: { subjectKey: request.subjectKey } });
    expect(record.facts.choices).toMatchObject({ 'any:marketing': { state: 'opted-out', requestId: 'req_sample' } });
  });

  it('takes allow-listed fields only: no address, masked address, hash or field of the future (S3-02, DD-07)', async () => {
    const { table } = await setUp();
    for (const change of table.changes()) {
      for (const itemType of ['suppression', 'request', 'mail-guard', 'confirmation', 'unknown'] as const) {
        const after = { ...change.after, tokenHash: 'canary', attemptId: 'canary', futureField: 'canary@example.org' };
        expect(JSON.stringify(ledgerRecord({ ...change, itemType, after }))).not.toMatch(/canary|jane|•/);
      }
    }
  });

  it('tells a deletion by TTL from one by anybody else (DD-05)', async () => {
    const { table, request } = await setUp();
    table.expire(requestKey(request));
    const change = table.changes().at(-1) ?? expect.fail('no change');
    expect(ledgerRecord(change)).toMatchObject({
      event: 'request.retention-deleted',
      facts: { by: 'ttl', due: request.expiresAt },
    });
    const { endedBy: _, ...removed } = change;
    expect(ledgerRecord(removed)).toMatchObject({ event: 'request.removed' });
    expect(ledgerRecord(removed).facts).not.toHaveProperty('by');
  });
});
