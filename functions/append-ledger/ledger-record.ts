import { hash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { SCOPE_ATTRIBUTE_PREFIX } from '../../shared/adapters/dynamo/keys.ts';
import { type PlacedId, placedIdOf } from '../../shared/domain/ledger/placed-id.ts';
import {
  ALLOWED_CHOICE,
  ALLOWED_FACTS,
  type LedgerEventName,
  type LedgerRecord,
  recordLine,
} from '../../shared/domain/ledger/record.ts';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';
import { deletionFacts, isClassDeletion } from '../../shared/stream/class-deletion.ts';
import { type RegistryChange, readChange } from '../../shared/stream/registry-change.ts';

/** A change on its way into the ledger. */
export interface LedgerLine {
  /** The stream's event id: the same for each delivery of this change, and of no other (LA-02). */
  id: string;
  /** The stream's sequence number. */
  seq: string;
  /** The record's time. */
  at: string;
  /** The leaf: a record as canonical JSON. */
  line: string;
  /** Set on a record that is proven later: by this id it is found. */
  placedId?: PlacedId;
}

/**
 * The ledger's line for a stream record. A record that cannot be read is not lost and does not stop the others: its line says that there was a
 * change, of what we do not know, under the stream's own id, by which it can be looked up and replayed.
 */
export function ledgerLine(record: DynamoDBRecord, report: (error: unknown, eventId: string) => void): LedgerLine {
  try {
    const made = ledgerRecord(readChange(record));
    return lineOf(made, recordLine(made));
  } catch (error) {
    const unread = unreadRecord(record);
    report(error, unread.id);
    return lineOf(unread, recordLine(unread));
  }
}

/** A record and its text, as they go into the ledger. */
export function lineOf(record: LedgerRecord, line: string): LedgerLine {
  const { id, seq, at } = record;
  const placedId = placedIdOf(record);
  return { id, seq, at, line, ...(placedId === undefined ? {} : { placedId }) };
}

// Must not throw, whatever came: its batch would come again for ever, and block its shard (LA-01).
function unreadRecord(record: DynamoDBRecord | null): LedgerRecord {
  const { eventID, dynamodb } = record ?? {};
  const seq = /^\d{1,64}$/.exec(textOf(dynamodb?.SequenceNumber))?.[0] ?? '0';
  // Text that is no id of the stream's may be anything, an address too.
  const named = textOf(eventID) || seq;
  const id = /^[\w-]{1,128}$/.test(named) ? named : hash('sha256', named, 'hex');
  return { v: 1, id, seq, event: 'unknown.changed', at: timeOf(dynamodb?.ApproximateCreationDateTime), facts: {} };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(epochSeconds: unknown): string {
  const time = new Date(typeof epochSeconds === 'number' ? epochSeconds * 1000 : 0);
  // A year of five digits, or none at all, is no time of the ledger's.
  return time.getTime() >= 0 && time.getUTCFullYear() <= 9999 ? toSecond(time) : toSecond(new Date(0));
}

/** Says what a change was, with allowed facts only (S3-02, DD-07). */
export function ledgerRecord(change: RegistryChange): LedgerRecord {
  const image = change.kind === 'REMOVE' ? change.before : change.after;
  return {
    v: 1,
    id: change.eventId,
    seq: change.sequenceNumber,
    event: `${change.itemType}.${eventName(change)}`,
    at: toSecond(change.at),
    facts: { ...pick(image, ALLOWED_FACTS[change.itemType]), ...choices(change), ...ending(change) },
  };
}

function eventName({ kind, endedBy }: RegistryChange): LedgerEventName {
  if (kind === 'INSERT') return 'created';
  if (kind === 'MODIFY') return 'changed';
  return endedBy === undefined ? 'removed' : 'retention-deleted';
}

// DD-05: who deleted at the end of the period, and which end that was.
function ending(change: RegistryChange): object {
  const { endedBy, itemType, at } = change;
  if (endedBy === undefined) return {};
  if (isClassDeletion(change)) return { ...deletionFacts(change), deletedAt: toSecond(at) };
  const end = change.before[TTL_ATTRIBUTE];
  // Evidence of a deletion has a `by` and a `due` of its own, and they say something else.
  const [by, due] = itemType === 'deletion' ? ['removedBy', TTL_ATTRIBUTE] : ['by', 'due'];
  return { [by]: endedBy, ...(typeof end === 'number' ? { [due]: end } : {}) };
}

function choices({ itemType, before, after }: RegistryChange): object {
  if (itemType !== 'suppression') return {};
  const changed = Object.entries(after)
    .filter(([name]) => name.startsWith(SCOPE_ATTRIBUTE_PREFIX))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
    .map(([name, value]) => [name.slice(SCOPE_ATTRIBUTE_PREFIX.length), pick(value as object, ALLOWED_CHOICE)]);
  return { choices: Object.fromEntries(changed) };
}

function pick(source: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}

function toSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
