import '../support/handler-environment.ts';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/acknowledge-deletion/handler.ts';
import { acknowledgeDeletion } from '../../shared/domain/contact/acknowledge-deletion.ts';
import { jsonEvent, testContext } from '../support/http-events.ts';
import { memoryDeletions } from '../support/memory-deletions.ts';
import { aws, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { SAMPLE_CUSTOMER, sampleDeletion } from '../support/sample-deletion.ts';

const NOW = new Date('2026-11-25T10:00:00Z');
const deletion = sampleDeletion();
const { deletionId, subjectKey } = deletion;

async function setUp() {
  const deletions = memoryDeletions(() => NOW);
  await deletions.open(deletion);
  return { deletions, acknowledge: acknowledgeDeletion({ deletions, now: () => NOW }) };
}

describe('acknowledgeDeletion', () => {
  it('notes who followed, when and with which evidence; the first acknowledgement stands', async () => {
    const { deletions, acknowledge } = await setUp();
    await acknowledge({ deletionId, subjectKey, system: 'crm', evidence: 'ab'.repeat(32) });
    await acknowledge({ deletionId, subjectKey, system: 'crm', evidence: 'cd'.repeat(32) });
    const [{ acknowledged } = deletion] = await deletions.list([SAMPLE_CUSTOMER], NOW);
    expect(acknowledged).toEqual({ crm: { at: NOW, evidence: 'ab'.repeat(32) } });
  });

  it.each([
    ['another deletion', { deletionId: `del_${'0'.repeat(32)}` as const }],
    ['another contact', { subjectKey: `k1.${'d'.repeat(43)}` as typeof subjectKey }],
    ['a system that was not asked', { system: 'erp' }],
  ])('refuses to take %s for done', async (_, wrong) => {
    const { acknowledge } = await setUp();
    await expect(acknowledge({ deletionId, subjectKey, system: 'crm', ...wrong })).rejects.toMatchObject({
      code: 'deletion.unknown',
    });
  });

  it('refuses what comes after the evidence has ended (DD-02)', async () => {
    const { deletions } = await setUp();
    const acknowledge = acknowledgeDeletion({ deletions, now: () => new Date(deletion.expiresAt * 1000) });
    await expect(acknowledge({ deletionId, subjectKey, system: 'crm' })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('POST /v1/deletions/{deletionId}/acknowledgements', () => {
  const post = (body: unknown) =>
    handler(
      { ...jsonEvent('POST /v1/deletions/{deletionId}/acknowledgements', body), pathParameters: { deletionId } },
      testContext,
    );

  beforeEach(resetClients);

  it('answers 200, and the same when it is repeated', async () => {
    aws.dynamo.on(UpdateItemCommand).resolves({});
    const { statusCode, body } = await post({ subjectKey, system: 'crm' });
    expect(statusCode).toBe(200);
    expect(JSON.parse(String(body))).toEqual({ deletionId, system: 'crm', state: 'acknowledged' });
  });

  it('answers 404 for what nobody waits for', async () => {
    const refusal = { message: 'no', $metadata: {} };
    aws.dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException(refusal));
    expect((await post({ subjectKey, system: 'crm' })).statusCode).toBe(404);
  });

  it.each([
    {},
    { subjectKey },
    { subjectKey: 'jane@example.org', system: 'crm' },
    { subjectKey, system: 'Jane Doe' },
    { subjectKey, system: 'crm', evidence: 'we did it' },
    { subjectKey, system: 'crm', note: 'x' },
  ])('refuses %j and writes nothing', async (body) => {
    expect((await post(body)).statusCode).toBe(400);
    expect(sentCommands()).toEqual([]);
  });
});
