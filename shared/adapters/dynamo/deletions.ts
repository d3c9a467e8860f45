import {
  ConditionalCheckFailedException,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Deletion } from '../../domain/contact/deletion.ts';
import { isExpired } from '../../domain/epoch.ts';
import type { Deletions, UnfinishedDeletions } from '../../domain/ports/deletions.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { DELETED_PREFIX, deletionKey } from './contact-keys.ts';
import { deletionItem, parseDeletionItem } from './deletion-item.ts';
import { type Attributes, fromItem, queryAll, reach, type Table, toItem } from './table.ts';

/** {@link Deletions} in the Contacts table, in a partition of their own: they outlive the contact. */
export function dynamoDeletions(table: Table): Deletions {
  return {
    open: (deletion) => open(table, deletion),
    acknowledge: (...asked) => acknowledge(table, ...asked),
    list: async (keys, now) => {
      const found = await Promise.all(keys.map((key) => listOf(table, key)));
      return found
        .flat()
        .filter(({ expiresAt }) => !isExpired(expiresAt, now))
        .sort((a, b) => a.deletedAt.getTime() - b.deletedAt.getTime());
    },
  };
}

// Named condition: isNew. The stream tells a deletion at least once; the first telling stands, with its acknowledgements.
async function open(table: Table, deletion: Deletion): Promise<void> {
  const command = new PutItemCommand({
    TableName: table.name,
    Item: toItem(deletionItem(deletion)),
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await unlessRefused(table.client.send(command));
}

// Named conditions: isLiving, isOneOfItsSystems, hasNotAcknowledged.
const LIVING = 'expiresAt > :now';
const ITS_SYSTEM = 'contains(systems, :system)';
const NOT_ACKNOWLEDGED = 'attribute_not_exists(acknowledged.#system)';

async function acknowledge(
  table: Table,
  { subjectKey, deletionId }: Parameters<Deletions['acknowledge']>[0],
  system: string,
  { at, evidence }: Parameters<Deletions['acknowledge']>[2],
): ReturnType<Deletions['acknowledge']> {
  const command = new UpdateItemCommand({
    TableName: table.name,
    Key: toItem(deletionKey(subjectKey, deletionId)),
    UpdateExpression:
      'SET acknowledged.#system = :acknowledgement, acknowledgedBy = list_append(acknowledgedBy, :by), ' +
      'acknowledgedAt = list_append(acknowledgedAt, :at), acknowledgedWith = list_append(acknowledgedWith, :with), ' +
      'version = version + :one',
    ConditionExpression: [LIVING, ITS_SYSTEM, NOT_ACKNOWLEDGED].join(' AND '),
    ExpressionAttributeNames: { '#system': system },
    ExpressionAttributeValues: toItem({
      ':acknowledgement': { at: at.toISOString(), evidence },
      ':by': [system],
      ':at': [at.toISOString()],
      ':with': [evidence ?? ''],
      ':one': 1,
      ':now': Math.floor(at.getTime() / 1000),
      ':system': system,
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const refused = await unlessRefused(table.client.send(command));
  if (refused === undefined) return 'acknowledged';
  return hasAcknowledged(refused.item, system, at) ? 'already-acknowledged' : 'unknown';
}

function hasAcknowledged(item: Attributes | undefined, system: string, now: Date): boolean {
  if (item === undefined) return false;
  const { acknowledged, expiresAt } = parseDeletionItem(item);
  return Object.hasOwn(acknowledged, system) && !isExpired(expiresAt, now);
}

/** The item that refused the condition; `undefined` when the write went through. */
async function unlessRefused(call: Promise<unknown>): Promise<{ item: Attributes | undefined } | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { item: error.Item && fromItem(error.Item) };
    return await reach(Promise.reject(error));
  }
}

async function listOf(table: Table, subjectKey: SubjectKey): Promise<Deletion[]> {
  return (await queryAll(table, DELETED_PREFIX + subjectKey)).map(parseDeletionItem);
}

/** {@link UnfinishedDeletions} by a paged scan on a schedule; never on a request's path. */
export function dynamoUnfinishedDeletions(table: Table): UnfinishedDeletions {
  return {
    countDeletedBefore: async (time) => {
      const pages = paginateScan(
        { client: table.client },
        {
          TableName: table.name,
          FilterExpression:
            'begins_with(pk, :deleted) AND deletedAt < :time AND size(acknowledgedBy) < size(systems) AND expiresAt > :now',
          Select: 'COUNT',
          ExpressionAttributeValues: toItem({
            ':deleted': DELETED_PREFIX,
            ':time': time.toISOString(),
            ':now': Math.floor(time.getTime() / 1000),
          }),
        },
      );
      let count = 0;
      for await (const { Count = 0 } of pages) count += Count;
      return count;
    },
  };
}
