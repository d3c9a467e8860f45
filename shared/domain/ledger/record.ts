import { canonicalJson } from './canonical.ts';

/** Kinds of items whose changes enter the ledger. */
export type LedgerItemType =
  | 'suppression'
  | 'request'
  | 'mail-guard'
  | 'reach'
  | 'confirmation'
  | 'contact'
  | 'contact-class'
  | 'contact-link'
  | 'deletion'
  | 'review'
  | 'unknown';

/** What happened to an item. `retention-deleted`: at the end of its period (DD-05); `removed`: in any other way. */
export type LedgerEventName = 'created' | 'changed' | 'removed' | 'retention-deleted';

/** One line of the ledger, and one leaf of its tree. */
export interface LedgerRecord {
  /** Format version. */
  v: 1;
  /** The stream's event id: the same for each delivery of the same change (LA-02). */
  id: string;
  /** The stream's sequence number, decimal; grows from change to change of one item (DD-06). */
  seq: string;
  event: `${LedgerItemType}.${LedgerEventName}`;
  /** When the store took the change, ISO 8601 in UTC, to the second. */
  at: string;
  facts: Readonly<Record<string, unknown>>;
}

/**
 * The facts of each item type that may enter the ledger, which cannot forget (S3-02). Whatever is not named here stays out:
 * addresses, masked addresses, token hashes and all that later versions may add.
 */
export const ALLOWED_FACTS: Readonly<Record<LedgerItemType, readonly string[]>> = {
  suppression: ['subjectKey', 'version', 'choices'],
  request: [
    'subjectKey',
    'requestId',
    'type',
    'state',
    'scopes',
    'manner',
    'receivedAt',
    'policyVersion',
    'noticeVersion',
    'wording',
    'until',
    'acknowledgeBy',
    'answerBy',
    'calendar',
    'isSuspect',
    'needsReview',
    'receipt',
    'confirmedAt',
    'denialBasis',
    'deniedAt',
    'burstId',
    'undoneByKey',
    'hasReason',
    'version',
  ],
  reach: ['subjectKey', 'requestId', 'version'],
  'mail-guard': ['subjectKey', 'requestId', 'version'],
  confirmation: ['subjectKey', 'requestId', 'purpose', 'consumedAt', 'version'],
  // Neither ids nor identifiers, reasons or data of customers, all of which end: what matters for proof is when what was to end.
  contact: ['subjectKey', 'state', 'cancelledAt', 'contractEndsAt', 'decidedAt', 'holdCount', 'version'],
  'contact-class': [
    'subjectKey',
    'class',
    'due',
    'notBefore',
    'expiresAt',
    'policyVersion',
    'erasureId',
    'erasedAt',
    'version',
  ],
  'contact-link': ['subjectKey', 'version'],
  deletion: [
    'subjectKey',
    'deletionId',
    'class',
    'method',
    'due',
    'endedAt',
    'deletedAt',
    'by',
    'policyVersion',
    'systems',
    'acknowledgedBy',
    'acknowledgedAt',
    'acknowledgedWith',
    'version',
  ],
  review: ['subjectKey', 'reviewId', 'kind', 'intents', 'receivedAt', 'version'],
  unknown: [],
};

/** Facts that a retention deletion adds: who did it, and which end it was, in TTL's own number (DD-05). */
const ENDING: readonly string[] = ['by', 'due'];

/** Where a fact of the item has one of those names already, or more is to be proven. */
const ENDING_BY_ITEM: Readonly<Partial<Record<LedgerItemType, readonly string[]>>> = {
  'contact-class': ['by', 'deletedAt', 'lagSeconds', 'deletionId'],
  deletion: ['removedBy', 'expiresAt'],
};

/** Further facts of the retention deletion of such an item. */
export function allowedEnding(item: LedgerItemType): readonly string[] {
  return ENDING_BY_ITEM[item] ?? ENDING;
}

/** What a suppression's `choices` may say of each scope; `until` is the end of a pause. */
export const ALLOWED_CHOICE: readonly string[] = ['state', 'since', 'until', 'requestId', 'manner'];

const EVENT_NAMES: readonly LedgerEventName[] = ['created', 'changed', 'removed', 'retention-deleted'];

/** Allowed names of facts by event; an event that is not here is none of ours. */
export const ALLOWED_BY_EVENT: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (Object.keys(ALLOWED_FACTS) as LedgerItemType[]).flatMap((item) =>
    EVENT_NAMES.map((name) => [
      `${item}.${name}`,
      new Set([...ALLOWED_FACTS[item], ...(name === 'retention-deleted' ? allowedEnding(item) : [])]),
    ]),
  ),
);

/** The leaf of a record, as canonical JSON. Throws when the record carries what the ledger must not keep. */
export function recordLine(record: LedgerRecord): string {
  const problem = recordProblem(record);
  // Names the field and the event, never the value: it may be an address.
  if (problem !== undefined) throw new TypeError(`The record is ${problem.kind}: ${problem.detail}`);
  return canonicalJson(record);
}

export interface RecordProblem {
  kind: 'malformed' | 'forbidden-field';
  detail: string;
}

/** What is wrong with a parsed line; `undefined` for a record that the ledger may keep. */
export function recordProblem(value: unknown): RecordProblem | undefined {
  if (!isObject(value)) return malformed('the line is not an object');
  const { v, id, seq, at, event, facts, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) return forbidden(other, 'a record');
  if (v !== 1 || !isId(id) || !isMatch(SEQUENCE, seq)) return malformed('version, id or sequence number');
  if (!isTime(at)) return malformed('the time');
  if (!isObject(facts)) return malformed('the facts');
  return factsProblem(String(event), facts);
}

/** The record on a line; `undefined` for a line that is none. Who must tell of it asks {@link recordProblem}. */
export function parseRecord(line: string): LedgerRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return recordProblem(value) === undefined ? (value as LedgerRecord) : undefined;
  } catch {
    // Named failure: no JSON.
    return undefined;
  }
}

function factsProblem(event: string, facts: Readonly<Record<string, unknown>>): RecordProblem | undefined {
  const allowed = ALLOWED_BY_EVENT.get(event);
  if (allowed === undefined) return malformed('the event is not known');
  for (const name in facts) {
    if (!allowed.has(name)) return forbidden(name, event);
    const isClean = name === 'choices' ? areChoices(facts[name]) : isHarmless(facts[name]);
    if (!isClean) return { kind: 'forbidden-field', detail: `the value of "${name}" of ${event}` };
  }
  return undefined;
}

function areChoices(value: unknown): boolean {
  return isObject(value) && Object.entries(value).every(([scope, choice]) => isHarmless(scope) && isChoice(choice));
}

function isChoice(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([name, fact]) => ALLOWED_CHOICE.includes(name) && typeof fact === 'string' && isHarmless(fact),
    )
  );
}

/** An @ or a phone number in international form: an address that came in under an allowed name. */
const ADDRESS = /@|^\+\d{6}/;

// Flat values and lists of them only: what is nested has no allow-list.
function isHarmless(value: unknown): boolean {
  if (typeof value === 'string') return !ADDRESS.test(value);
  if (Array.isArray(value)) return value.every((member) => typeof member !== 'object' && isHarmless(member));
  return typeof value !== 'object' || value === null;
}

const SEQUENCE = /^\d{1,64}$/;
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

function isId(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 128 && !value.includes('@');
}

/** Whether this is a time in the ledger's one form, ISO 8601 in UTC to the second. */
export function isTime(value: unknown): value is string {
  return isMatch(TIME, value);
}

function isMatch(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(detail: string): RecordProblem {
  return { kind: 'malformed', detail };
}

function forbidden(name: string, holder: string): RecordProblem {
  // A forbidden name may itself be an address: say no more of it than fits a field's name.
  return { kind: 'forbidden-field', detail: `${/^[\w-]{1,40}$/.test(name) ? `"${name}"` : 'a field'} in ${holder}` };
}
