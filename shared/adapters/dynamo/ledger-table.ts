import { setTimeout as wait } from 'node:timers/promises';
import { BatchWriteItemCommand, GetItemCommand, paginateQuery, type WriteRequest } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { secondsAfter } from '../../domain/epoch.ts';
import { VisibleError } from '../../domain/errors.ts';
import { emptyHead, type LedgerHead } from '../../domain/ledger/head.ts';
import type { PlacedId } from '../../domain/ledger/placed-id.ts';
import type { LedgerHeads, LedgerPlace, LedgerPlaces, StreamChange } from '../../domain/ports/ledger-log.ts';
import { fromItem, reach, type Table, toItem, transact } from './table.ts';

/** Keys of the ledger's own table; it has no stream, so that the ledger's bookkeeping never enters the ledger. */
const HEAD_KEY = { pk: 'HEAD', sk: 'HEAD' };
const BATCH_PREFIX = 'BATCH#';

/** A stream redelivers for 24 hours (DD-06); kept twice as long. */
const MARKER_HOURS = 48;
/** BatchWriteItem takes at most this many items. */
const WRITE_BATCH = 25;
const WRITE_ATTEMPTS = 5;
/** Longer than any sequence number, so that numbers compare as text. */
const SEQUENCE_DIGITS = 64;

const headSchema = z.object({
  objects: z.number(),
  size: z.number(),
  frontier: z.array(z.string()),
  lastObjectHash: z.string(),
  at: z.string(),
});
const markerSchema = z.object({ ids: z.array(z.string()) });
const placeSchema = z.object({ object: z.number(), index: z.number() });

/** {@link LedgerHeads}: one item for the head, one per batch for what it covered. */
export function dynamoLedgerHeads(table: Table, now: () => Date): LedgerHeads {
  return {
    read: () => readHead(table),
    replace: async (old, next, done) => {
      const failed = await transact(table, {
        TransactItems: [swap(table, old, next), ...marks(table, next, done, now())],
      });
      return failed.length === 0 ? 'replaced' : 'moved';
    },
    findDone: (changes) => findDone(table, changes),
  };
}

async function readHead(table: Table): Promise<LedgerHead> {
  const command = new GetItemCommand({ TableName: table.name, Key: toItem(HEAD_KEY), ConsistentRead: true });
  const { Item } = await reach(table.client.send(command));
  return Item === undefined ? emptyHead() : headSchema.parse(fromItem(Item));
}

// Named conditions: headIsNew, or headIsTheOneRead: number and hash of the last object name one history.
function swap(table: Table, old: LedgerHead, next: LedgerHead) {
  const isNew = old.objects === 0;
  return {
    Put: {
      TableName: table.name,
      Item: toItem({ ...HEAD_KEY, ...next }),
      ConditionExpression: isNew ? 'attribute_not_exists(pk)' : 'objects = :objects AND lastObjectHash = :hash',
      ...(isNew ? {} : { ExpressionAttributeValues: toItem({ ':objects': old.objects, ':hash': old.lastObjectHash }) }),
    },
  };
}

// By the hour of the changes, which a redelivery repeats; and sorted by the last sequence number, so that a look-up skips all that ended
// before the batch in question begins. One marker is enough for most batches.
function marks(table: Table, next: LedgerHead, done: readonly StreamChange[], now: Date) {
  const expiresAt = secondsAfter(now, MARKER_HOURS, 'hours');
  return byHour(done).map(([pk, changes]) => {
    const { first, last } = rangeOf(changes);
    const sk = `${last}#${next.objects - 1}`;
    return {
      Put: {
        TableName: table.name,
        Item: toItem({ pk, sk, first, ids: changes.map(({ id }) => id), expiresAt }),
      },
    };
  });
}

async function findDone(table: Table, changes: readonly StreamChange[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(byHour(changes).map(([partition, asked]) => findInHour(table, partition, asked)));
  const done = new Set(found.flat());
  return new Set(changes.map(({ id }) => id).filter((id) => done.has(id)));
}

async function findInHour(table: Table, partition: string, changes: readonly StreamChange[]): Promise<string[]> {
  const { first, last } = rangeOf(changes);
  const done: string[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :partition AND sk >= :first',
      FilterExpression: '#first <= :last',
      ExpressionAttributeNames: { '#first': 'first' },
      ExpressionAttributeValues: toItem({ ':partition': partition, ':first': first, ':last': last }),
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) done.push(...markerSchema.parse(fromItem(item)).ids);
  }
  return done;
}

/** Changes by the partition of their markers; a stream keeps changes for 24 hours, so these are few. */
function byHour(changes: readonly StreamChange[]): [partition: string, changes: StreamChange[]][] {
  return [...Map.groupBy(changes, ({ at }) => `${BATCH_PREFIX}${at.slice(0, 'yyyy-mm-ddThh'.length)}`)];
}

/** Lowest and highest sequence number, padded. */
function rangeOf(changes: readonly StreamChange[]): { first: string; last: string } {
  const numbers = changes.map(padded).sort((a, b) => a.localeCompare(b));
  return { first: numbers[0] ?? '', last: numbers.at(-1) ?? '' };
}

function padded({ seq }: StreamChange): string {
  return seq.padStart(SEQUENCE_DIGITS, '0');
}

/** {@link LedgerPlaces}: one item per record. `days`: how long requests and evidence are kept; nobody asks for a place after that. */
export function dynamoLedgerPlaces(table: Table, { now, days }: { now: () => Date; days: number }): LedgerPlaces {
  return {
    note: async (places) => {
      const expiresAt = secondsAfter(now(), days, 'days');
      // BatchWriteItem refuses two writes to one key; the later place is the one that holds.
      const unique = new Map(places.map(({ placedId, ...place }) => [placedId, place]));
      const writes = [...unique].map(([placedId, place]) => ({
        PutRequest: { Item: toItem({ ...placeKey(placedId), ...place, expiresAt }) },
      }));
      for (let start = 0; start < writes.length; start += WRITE_BATCH) {
        await writeAll(table, writes.slice(start, start + WRITE_BATCH));
      }
    },
    find: (placedId) => findPlace(table, placedId),
  };
}

function placeKey(placedId: PlacedId) {
  return { pk: `PLACE#${placedId}`, sk: 'PLACE' };
}

async function findPlace(table: Table, placedId: PlacedId): Promise<LedgerPlace | undefined> {
  const command = new GetItemCommand({ TableName: table.name, Key: toItem(placeKey(placedId)) });
  const { Item } = await reach(table.client.send(command));
  return Item && placeSchema.parse(fromItem(Item));
}

async function writeAll(table: Table, writes: WriteRequest[]): Promise<void> {
  let left = writes;
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await wait(2 ** attempt * 25 * Math.random());
    const command = new BatchWriteItemCommand({ RequestItems: { [table.name]: left } });
    const { UnprocessedItems } = await reach(table.client.send(command));
    left = UnprocessedItems?.[table.name] ?? [];
    if (left.length === 0) return;
  }
  throw new VisibleError('unavailable', 'store.unavailable', 'The store does not answer; nothing was promised');
}
