import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import { type RegistryChange, readChange } from '../../shared/stream/registry-change.ts';

/** One action of a transaction. */
export interface Action {
  key: ItemKey;
  /** Whether the action may happen to the item as it is; absent: always. */
  condition?: (before: Attributes | undefined) => boolean;
  /** The item afterwards; `undefined` removes it. */
  apply: (before: Attributes | undefined) => Attributes | undefined;
}

/** Who changed the items, as the stream tells it (DD-05). */
const TTL_IDENTITY = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** A table with transactions and a stream of changes. */
export interface MemoryTable {
  get(key: ItemKey): Attributes | undefined;
  /** All items, oldest key first. */
  items(): Attributes[];
  /** All or nothing; resolves with the places of the failed conditions, none when committed. */
  transact(actions: readonly Action[]): number[];
  /** Deletes an item as DynamoDB's TTL does. */
  expire(key: ItemKey): void;
  /** Every change since the beginning, in order, as a stream brings it to Lambda. */
  streamRecords(): DynamoDBRecord[];
  /** The same, as consumers read it. */
  changes(): RegistryChange[];
}

/** @param now stamps the stream's records. */
export function memoryTable(now: () => Date): MemoryTable {
  const items = new Map<string, Attributes>();
  const records: DynamoDBRecord[] = [];
  const nameOf = ({ pk, sk }: ItemKey) => `${pk}\n${sk}`;
  const write = ({ key, apply }: Action, extra: Partial<DynamoDBRecord> = {}) => {
    const before = items.get(nameOf(key));
    const after = apply(before);
    if (after === undefined) items.delete(nameOf(key));
    else items.set(nameOf(key), structuredClone({ ...key, ...after }));
    const record = streamRecord(records.length + 1, { key, before, after: items.get(nameOf(key)), at: now() });
    // DynamoDB writes no record for a change that changes nothing.
    if (record !== undefined) records.push({ ...record, ...extra });
  };
  return {
    get: (key) => structuredClone(items.get(nameOf(key))),
    items: () =>
      [...items.keys()].sort((a, b) => (a < b ? -1 : 1)).map((name) => structuredClone(items.get(name) ?? {})),
    transact: (actions) => {
      const failed = [...actions.entries()].filter(
        ([, { key, condition }]) => condition !== undefined && !condition(items.get(nameOf(key))),
      );
      if (failed.length === 0) for (const action of actions) write(action);
      return failed.map(([index]) => index);
    },
    expire: (key) => write({ key, apply: () => undefined }, { userIdentity: TTL_IDENTITY }),
    streamRecords: () => structuredClone(records),
    changes: () => structuredClone(records).map(readChange),
  };
}

interface Change {
  key: ItemKey;
  before: Attributes | undefined;
  after: Attributes | undefined;
  at: Date;
}

function streamRecord(number: number, { key, before, after, at }: Change): DynamoDBRecord | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const eventName = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY';
  return {
    eventID: `event-${number}`,
    eventName,
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at.getTime() / 1000),
      Keys: image(key),
      ...(before && { OldImage: image(before) }),
      ...(after && { NewImage: image(after) }),
      SequenceNumber: String(number).padStart(21, '1'),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

// The SDK's and Lambda's types of one and the same thing differ in members that no item of ours has.
type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

function image(attributes: object): Image {
  return marshall(attributes, { removeUndefinedValues: true }) as Image;
}
