import { contactClassKey, contactKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { requestKey, SCOPE_ATTRIBUTE_PREFIX, suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import type { RestoredTables, StoredItem } from '../../shared/domain/ports/restored-tables.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { heldAgain } from './lost-holds.ts';

/** What a record asks of the item that it speaks of. `lost`: it was made after the restore point, and the ledger holds no personal data. */
export type Replayed = { kind: 'put'; next: StoredItem } | { kind: 'remove' } | { kind: 'same' } | { kind: 'lost' };

type Facts = LedgerRecord['facts'];

/** Where the item of a record stands; `undefined` for one whose key the ledger does not know, or that is nobody's to replay. */
export function placeOf({ event, facts }: LedgerRecord): { table: keyof RestoredTables; key: ItemKey } | undefined {
  const subjectKey = facts.subjectKey as SubjectKey | undefined;
  if (subjectKey === undefined) return undefined;
  switch (event.split('.')[0]) {
    case 'suppression':
      return { table: 'registry', key: suppressionKey(subjectKey) };
    case 'request':
      return { table: 'registry', key: requestKey({ subjectKey, requestId: facts.requestId as RequestId }) };
    case 'contact':
      return { table: 'contacts', key: contactKey(subjectKey) };
    case 'contact-class':
      return { table: 'contacts', key: contactClassKey(subjectKey, String(facts.class)) };
    default:
      return undefined;
  }
}

/** Says what a record asks of the item as it is in the restored table. Asked twice, it asks nothing more. */
export function replayed({ event, facts }: LedgerRecord, key: ItemKey, known: StoredItem | undefined): Replayed {
  const [item, change] = event.split('.');
  if (change === 'removed' || change === 'retention-deleted') return removal(facts, known);
  if (item === 'suppression') return suppression(facts, key, known);
  if (known === undefined) return { kind: 'lost' };
  // What else is known of a request ended no processing, and the rest of it is not in the ledger.
  if (item === 'request' || versionOf(facts) <= versionOf(known)) return { kind: 'same' };
  const next = withFacts(known, facts, item === 'contact' ? CONTACT_FACTS : CLASS_FACTS);
  return { kind: 'put', next: item === 'contact' ? heldAgain(withReason(next, known), facts) : next };
}

// The ledger holds no reasons: one that was given for another cancellation is none for this.
function withReason({ reason, ...next }: StoredItem, known: StoredItem): StoredItem {
  const isSame = next.state === 'cancelled' && next.cancelledAt === known.cancelledAt && reason !== undefined;
  return { ...next, pk: known.pk, sk: known.sk, ...(isSame ? { reason } : {}) };
}

/** Facts that stand in the item under the same name; one that a record does not hold is not there any more. */
const CONTACT_FACTS = ['state', 'cancelledAt', 'contractEndsAt', 'decidedAt', 'version'];
const CLASS_FACTS = ['due', 'notBefore', 'expiresAt', 'policyVersion', 'erasureId', 'erasedAt', 'version'];

function withFacts(known: StoredItem, facts: Facts, names: readonly string[]): StoredItem {
  const rest = Object.entries(known).filter(([name]) => !names.includes(name));
  const told = Object.entries(facts).filter(([name]) => names.includes(name));
  return { ...Object.fromEntries([...rest, ...told]), pk: known.pk, sk: known.sk };
}

// A later life of the same item has a version of its own that begins anew; it came after the restore point, so it is not here.
function removal(facts: Facts, known: StoredItem | undefined): Replayed {
  if (known === undefined) return { kind: 'same' };
  const isThatOne = 'version' in facts ? versionOf(known) <= versionOf(facts) : known.expiresAt === facts.expiresAt;
  return isThatOne ? { kind: 'remove' } : { kind: 'same' };
}

/** A choice, as it stands in the ledger and in the store alike. */
interface Told {
  /** `undone`: as if nothing had been chosen. */
  state: 'opted-out' | 'opted-in' | 'undone';
  since: string;
}

// Same attributes as `suppression-write.ts` writes. Of two choices the newer wins, and of the same time the opt-out.
function suppression(facts: Facts, key: ItemKey, known: StoredItem = key as StoredItem): Replayed {
  const newer = Object.entries(facts.choices as Record<string, Told>).filter(([scope, told]) =>
    isStronger(told, known[SCOPE_ATTRIBUTE_PREFIX + scope] as Told | undefined),
  );
  if (newer.length === 0) return { kind: 'same' };
  const choices = newer.map(([scope, told]) => [SCOPE_ATTRIBUTE_PREFIX + scope, told] as const);
  const { subjectKey } = facts;
  const version = Math.max(versionOf(facts), versionOf(known));
  const next = { ...known, ...Object.fromEntries(choices), ...lastChoices(known, newer), subjectKey, version };
  return { kind: 'put', next };
}

function isStronger(told: Told, known: Told | undefined): boolean {
  if (known === undefined || told.since > known.since) return true;
  return told.since === known.since && told.state === 'opted-out' && known.state === 'opted-in';
}

function lastChoices(known: StoredItem, newer: readonly [string, Told][]): Record<string, string> {
  const last: Record<string, string> = {};
  for (const [, { state, since }] of newer) {
    if (state === 'undone') continue;
    const name = state === 'opted-out' ? 'lastOptOut' : 'lastOptIn';
    const before = last[name] ?? String(known[name] ?? '');
    last[name] = [before, since].toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? since;
  }
  return last;
}

function versionOf(attributes: Readonly<Record<string, unknown>>): number {
  return typeof attributes.version === 'number' ? attributes.version : 0;
}
