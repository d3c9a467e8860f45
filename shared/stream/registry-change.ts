import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import {
  CONFIRMATION_PREFIX,
  MAIL_GUARD_SORT,
  REQUEST_PREFIX,
  SUBJECT_PREFIX,
  SUPPRESSION_SORT,
} from '../adapters/dynamo/keys.ts';
import { TTL_ATTRIBUTE } from '../names.ts';

/** Kinds of items in the Registry. */
export type ItemType = 'suppression' | 'request' | 'mail-guard' | 'confirmation' | 'unknown';

type Attributes = Readonly<Record<string, unknown>>;

/** One change of one item, as the stream tells it. Images hold personal data: only named fields may leave the consumer (DD-07). */
export interface RegistryChange {
  eventId: string;
  sequenceNumber: string;
  /** When DynamoDB took the change, to the second. */
  at: Date;
  kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  itemType: ItemType;
  before: Attributes;
  after: Attributes;
  /** Who removed it at its end: DynamoDB's TTL (DD-05), or the sweeper, which alone deletes what is over. */
  endedBy?: 'ttl' | 'sweeper';
}

/** Reads a stream record. Throws on one that lacks what AWS documents as always there. */
export function readChange(record: DynamoDBRecord): RegistryChange {
  const { eventID, eventName, dynamodb } = record;
  if (!eventID || !eventName || !dynamodb?.SequenceNumber)
    throw new Error('A stream record lacks its id, name or sequence number');
  const before = image(dynamodb.OldImage);
  const at = new Date((dynamodb.ApproximateCreationDateTime ?? 0) * 1000);
  const endedBy = eventName === 'REMOVE' ? whoEnded(record, before, at) : undefined;
  return {
    eventId: eventID,
    sequenceNumber: dynamodb.SequenceNumber,
    at,
    kind: eventName,
    itemType: itemType(image(dynamodb.Keys)),
    before,
    after: image(dynamodb.NewImage),
    ...(endedBy === undefined ? {} : { endedBy }),
  };
}

function whoEnded({ userIdentity }: DynamoDBRecord, before: Attributes, at: Date): 'ttl' | 'sweeper' | undefined {
  // Lambda writes the members in camel case, DynamoDB Streams' own API in Pascal case.
  const identity = userIdentity as
    | { type?: string; principalId?: string; Type?: string; PrincipalId?: string }
    | undefined;
  const isService = (identity?.type ?? identity?.Type) === 'Service';
  if (isService && (identity?.principalId ?? identity?.PrincipalId) === 'dynamodb.amazonaws.com') return 'ttl';
  const end = before[TTL_ATTRIBUTE];
  return typeof end === 'number' && end * 1000 < at.getTime() ? 'sweeper' : undefined;
}

function itemType({ pk, sk }: Attributes): ItemType {
  if (String(pk).startsWith(CONFIRMATION_PREFIX)) return 'confirmation';
  if (!String(pk).startsWith(SUBJECT_PREFIX)) return 'unknown';
  if (sk === SUPPRESSION_SORT) return 'suppression';
  if (sk === MAIL_GUARD_SORT) return 'mail-guard';
  return String(sk).startsWith(REQUEST_PREFIX) ? 'request' : 'unknown';
}

function image(attributes: unknown): Attributes {
  return attributes === undefined ? {} : unmarshall(attributes as Parameters<typeof unmarshall>[0]);
}
