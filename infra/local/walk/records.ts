import { randomBytes } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mailGuardKey } from '../../../shared/adapters/dynamo/keys.ts';
import type { SubjectKey } from '../../../shared/domain/subject.ts';
import { TTL_ATTRIBUTE } from '../../../shared/names.ts';
import { readLedger } from '../audit-trail.ts';
import { clientOptions } from '../clients.ts';
import { invoke } from '../invoke.ts';
import type { Stack } from '../stack.ts';
import { eventually, expect, type Say, step, type Walk } from './walk.ts';

/** Later than the sweeper's patience of 72 hours. */
const OVERDUE_HOURS = 80;

/** What one run of the walk leaves at least: three opt-outs, one of them undone. */
const AT_LEAST = { 'suppression.created': 3, 'suppression.changed': 1, 'request.created': 4 };

/** An auditor reads the trail: everything that happened, and no address. */
export async function readAudit(walk: Walk): Promise<void> {
  await step(walk, 'An auditor reads the audit trail in its bucket', async (say) => {
    const counts = await eventually(`audit records of this run, at least ${JSON.stringify(AT_LEAST)}`, async () => {
      const found = countByEvent(await auditRecords(walk.stack), walk.startedAt);
      return Object.entries(AT_LEAST).every(([event, least]) => (found.get(event) ?? 0) >= least) ? found : undefined;
    });
    const readable = (await auditRecords(walk.stack)).filter((line) => line.includes('@'));
    expect(readable.length === 0, 'no readable address in any record', readable);
    for (const [event, count] of counts) say(`${String(count).padStart(3)} × ${event}`);
    say('No record contains an address: people are known by keyed hashes.');
  });
}

/** What should have been forgotten long ago is deleted, and the deletion is on record. */
export async function sweepOverdue(walk: Walk): Promise<void> {
  await step(walk, `An item is ${OVERDUE_HOURS} hours past its end; the hourly clean-up runs`, async (say) => {
    for (const attempt of [1, 2, 3]) if (await sweepOnce(walk.stack, say, attempt)) return;
    expect(false, 'a deletion on record', 'none in three attempts');
  });
}

// The local AWS has a TTL of its own that deletes within a minute and without a trace. When it was faster, try again.
async function sweepOnce(stack: Stack, say: Say, attempt: number): Promise<boolean> {
  const subjectKey = `k1.${randomBytes(32).toString('base64url')}` as SubjectKey;
  const key = await putOverdue(stack, subjectKey);
  await invoke(stack, stack.functions.sweepExpired);
  const { Item } = await dynamo(stack).send(
    new GetItemCommand({ TableName: stack.tables.registry, Key: key, ConsistentRead: true }),
  );
  expect(Item === undefined, 'the overdue item to be gone', Item);
  const isLast = attempt === 3;
  const record = await eventually(
    'the deletion in the audit trail',
    async () => await deletionOf(stack, subjectKey),
    10,
  ).catch((error: unknown) => {
    if (isLast) throw error;
  });
  if (record === undefined) return false;
  say('The item is gone, and the audit trail says so:');
  say(record);
  return true;
}

async function putOverdue(stack: Stack, subjectKey: SubjectKey) {
  const key = marshall(mailGuardKey(subjectKey, 'receipt'));
  const ended = Math.floor(Date.now() / 1000) - OVERDUE_HOURS * 3600;
  const rest = marshall({ subjectKey, requestId: 'req_demo', attemptId: 'demo', version: 1, [TTL_ATTRIBUTE]: ended });
  await dynamo(stack).send(new PutItemCommand({ TableName: stack.tables.registry, Item: { ...key, ...rest } }));
  return key;
}

async function deletionOf(stack: Stack, subjectKey: string): Promise<string | undefined> {
  return (await auditRecords(stack)).find((line) => line.includes(subjectKey) && line.includes('retention-deleted'));
}

async function auditRecords(stack: Stack): Promise<string[]> {
  return (await readLedger(stack)).flatMap(({ lines }) => lines);
}

// The stream tells times to the second, so the run's own first second counts.
function countByEvent(lines: readonly string[], since: Date): Map<string, number> {
  const records = lines.map((line) => JSON.parse(line) as { event: string; at: string });
  const recent = records.filter(({ at }) => Date.parse(at) >= since.getTime() - 1000);
  const byEvent = Map.groupBy(recent, ({ event }) => event);
  return new Map([...byEvent].map(([event, { length }]) => [event, length]));
}

function dynamo(stack: Stack): DynamoDBClient {
  return new DynamoDBClient(clientOptions(stack));
}
