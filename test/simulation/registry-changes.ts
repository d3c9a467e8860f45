import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Random } from './random.ts';

/** A change of the Registry on its way through a shard. */
export interface Change {
  record: DynamoDBRecord;
  id: string;
  seq: string;
  /** The item's partition: its changes stay in order. */
  subject: string;
}

type Kind = (sample: Sample) => Pick<DynamoDBRecord, 'eventName'> & { dynamodb: DynamoDBRecord['dynamodb'] };

interface Sample {
  subject: string;
  number: number;
  at: number;
}

const KINDS: readonly Kind[] = [
  ...[request, request, receiptSent, suppression, ttlDeletion, confirmation, unreadable],
  ...[contactClass, classDeletion, deletion, acknowledged],
];

/** Changes of one shard, by seed. Shards count alike: a sequence number names nothing outside its shard. */
export function shardChanges(random: Random, { shard, count }: { shard: number; count: number }): Change[] {
  let seq = 100_000_000_000_000_000_000n;
  const subjects = 1 + random.below(3);
  return Array.from({ length: count }, (_, index) => {
    seq += BigInt(1 + random.below(3));
    const subject = `k1.shard${shard}subject${random.below(subjects)}`;
    const id = `${String(shard).padStart(4, '0')}${String(index).padStart(28, '0')}`;
    const at = Date.parse('2026-11-23T08:00:00Z') / 1000 + index;
    const { eventName, dynamodb } = random.pick(KINDS)({ subject, number: shard * 10_000 + index, at });
    const stream = { ApproximateCreationDateTime: at, ...dynamodb, SequenceNumber: String(seq) };
    const isTtl = eventName === 'REMOVE';
    const userIdentity = isTtl ? { type: 'Service', principalId: 'dynamodb.amazonaws.com' } : undefined;
    return {
      id,
      seq: String(seq),
      subject,
      record: { eventID: id, eventName, dynamodb: stream, userIdentity } as DynamoDBRecord,
    };
  });
}

function requestId(number: number): string {
  return `req_${String(number).padStart(26, '0')}`;
}

function requestItem({ subject, number }: Sample) {
  const keys = { pk: `SUBJECT#${subject}`, sk: `REQUEST#${requestId(number)}` };
  const item = {
    ...keys,
    subjectKey: subject,
    requestId: requestId(number),
    type: 'opt-out',
    state: 'effective',
    scopes: ['email:marketing'],
    manner: 'form',
    receivedAt: '2026-11-23T08:00:00.000Z',
    maskedAddress: 'j•••@e•••.org',
    mailTo: 'jane@example.org',
    receipt: 'pending',
    expiresAt: 1_795_000_000,
    version: 1,
  };
  return { keys: marshall(keys), item };
}

function request(sample: Sample): ReturnType<Kind> {
  const { keys, item } = requestItem(sample);
  return stream('INSERT', { Keys: keys, NewImage: marshall(item) });
}

function receiptSent(sample: Sample): ReturnType<Kind> {
  const { keys, item } = requestItem(sample);
  const after = { ...item, receipt: 'sent', version: 2 };
  return stream('MODIFY', { Keys: keys, OldImage: marshall(item), NewImage: marshall(after) });
}

function suppression({ subject, number }: Sample): ReturnType<Kind> {
  const keys = { pk: `SUBJECT#${subject}`, sk: 'SUPPRESSION' };
  const choice = { state: 'out', since: '2026-11-23T08:00:00.000Z', requestId: requestId(number), manner: 'form' };
  const item = { ...keys, subjectKey: subject, version: number, 'scope#email:marketing': choice };
  return stream('INSERT', { Keys: marshall(keys), NewImage: marshall(item) });
}

function ttlDeletion(sample: Sample): ReturnType<Kind> {
  const { keys, item } = requestItem(sample);
  return stream('REMOVE', { Keys: keys, OldImage: marshall(item) });
}

function confirmation({ subject, number }: Sample): ReturnType<Kind> {
  const keys = { pk: `CONFIRMATION#${number}`, sk: 'CONFIRMATION' };
  const item = { ...keys, subjectKey: subject, requestId: requestId(number), purpose: 'opt-in', version: 1 };
  return stream('INSERT', { Keys: marshall(keys), NewImage: marshall(item) });
}

function classItem({ subject, number, at }: Sample) {
  const keys = { pk: `CONTACT#${subject}`, sk: `CLASS#class-${number}` };
  const facts = { subjectKey: subject, class: `class-${number}`, data: { name: 'Jane' }, version: 1 };
  return { keys: marshall(keys), item: { ...keys, ...facts, due: '2026-11-22T08:00:00.000Z', expiresAt: at - 60 } };
}

function contactClass(sample: Sample): ReturnType<Kind> {
  const { keys, item } = classItem(sample);
  return stream('INSERT', { Keys: keys, NewImage: marshall(item) });
}

function classDeletion(sample: Sample): ReturnType<Kind> {
  const { keys, item } = classItem(sample);
  return stream('REMOVE', { Keys: keys, OldImage: marshall(item) });
}

function deletionItem({ subject, number }: Sample) {
  const deletionId = `del_${String(number).padStart(32, '0')}`;
  const keys = { pk: `DELETED#${subject}`, sk: deletionId };
  const evidence = { acknowledged: {}, acknowledgedBy: [], acknowledgedAt: [], acknowledgedWith: [], version: 1 };
  return { keys: marshall(keys), item: { ...keys, subjectKey: subject, deletionId, systems: ['crm'], ...evidence } };
}

function deletion(sample: Sample): ReturnType<Kind> {
  const { keys, item } = deletionItem(sample);
  return stream('INSERT', { Keys: keys, NewImage: marshall(item) });
}

function acknowledged(sample: Sample): ReturnType<Kind> {
  const { keys, item } = deletionItem(sample);
  const after = { ...item, acknowledgedBy: ['crm'], version: 2 };
  return stream('MODIFY', { Keys: keys, OldImage: marshall(item), NewImage: marshall(after) });
}

/** An image of a type that DynamoDB does not have. */
function unreadable({ subject }: Sample): ReturnType<Kind> {
  const keys = marshall({ pk: `SUBJECT#${subject}`, sk: 'SUPPRESSION' });
  return stream('INSERT', { Keys: keys, NewImage: { pk: { X: 'nothing' } } as never });
}

function stream(eventName: NonNullable<DynamoDBRecord['eventName']>, dynamodb: object): ReturnType<Kind> {
  return { eventName, dynamodb: dynamodb as DynamoDBRecord['dynamodb'] };
}
