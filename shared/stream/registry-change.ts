import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { CLASS_PREFIX, CONTACT_PREFIX, CONTACT_SORT, DELETED_PREFIX } from '../adapters/dynamo/contact-keys.ts';
import {
  CONFIRMATION_PREFIX,
  MAIL_GUARD_PREFIX,
  REACH_PREFIX,
  REQUEST_PREFIX,
  REVIEW_PREFIX,
  SUBJECT_PREFIX,
  SUPPRESSION_SORT,
} from '../adapters/dynamo/keys.ts';
import type { LedgerItemType } from '../domain/ledger/record.ts';
import { TTL_ATTRIBUTE } from '../names.ts';

/** Kinds of items. */
export type ItemType = LedgerItemType;

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

/**
 * Who deletes goes by its own clock, and the stream rounds its time down to the second. What is erased ends in the second in which it is deleted,
 * and would else be taken for a removal before its end.
 */
const CLOCKS_DIFFER_SECONDS = 5;

function whoEnded({ userIdentity }: DynamoDBRecord, before: Attributes, at: Date): 'ttl' | 'sweeper' | undefined {
  // Lambda writes the members in camel case, DynamoDB Streams' own API in Pascal case.
  const identity = userIdentity as
    | { type?: string; principalId?: string; Type?: string; PrincipalId?: string }
    | undefined;
  const isService = (identity?.type ?? identity?.Type) === 'Service';
  if (isService && (identity?.principalId ?? identity?.PrincipalId) === 'dynamodb.amazonaws.com') return 'ttl';
  const end = before[TTL_ATTRIBUTE];
  return typeof end === 'number' && end - CLOCKS_DIFFER_SECONDS <= at.getTime() / 1000 ? 'sweeper' : undefined;
}

function itemType({ pk, sk }: Attributes): ItemType {
  return KINDS.find(({ of, at }) => String(pk).startsWith(of) && String(sk).startsWith(at))?.kind ?? 'unknown';
}

/** By the beginning of both keys. Those of both tables differ, so that one reader serves two streams. */
const KINDS: readonly { kind: ItemType; of: string; at: string }[] = [
  { kind: 'suppression', of: SUBJECT_PREFIX, at: SUPPRESSION_SORT },
  { kind: 'request', of: SUBJECT_PREFIX, at: REQUEST_PREFIX },
  { kind: 'mail-guard', of: SUBJECT_PREFIX, at: MAIL_GUARD_PREFIX },
  { kind: 'reach', of: SUBJECT_PREFIX, at: REACH_PREFIX },
  { kind: 'confirmation', of: CONFIRMATION_PREFIX, at: '' },
  // Of somebody known, or alone.
  { kind: 'review', of: SUBJECT_PREFIX, at: REVIEW_PREFIX },
  { kind: 'review', of: REVIEW_PREFIX, at: REVIEW_PREFIX },
  { kind: 'contact', of: CONTACT_PREFIX, at: CONTACT_SORT },
  { kind: 'contact-class', of: CONTACT_PREFIX, at: CLASS_PREFIX },
  { kind: 'contact-link', of: SUBJECT_PREFIX, at: CONTACT_PREFIX },
  { kind: 'deletion', of: DELETED_PREFIX, at: '' },
];

function image(attributes: unknown): Attributes {
  return attributes === undefined ? {} : unmarshall(attributes as Parameters<typeof unmarshall>[0]);
}
