import { CONTACT_PREFIX } from '../../shared/adapters/dynamo/contact-keys.ts';
import { SUBJECT_PREFIX } from '../../shared/adapters/dynamo/keys.ts';
import { eachOf } from '../../shared/domain/each-of.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { RestoredTables } from '../../shared/domain/ports/restored-tables.ts';
import { followContact, followLink } from './follow-contact.ts';
import { placeOf, replayed } from './replayed-item.ts';

/** What was, or would be, done to the restored tables. */
export interface ReplayCounts {
  /** Records since the restore point. */
  records: number;
  suppressions: number;
  contacts: number;
  classes: number;
  removed: number;
  /** Known already, or newer in the table. */
  unchanged: number;
  /** Made after the restore point: the ledger holds no personal data to make it again of. */
  lost: number;
}

export interface ReplayPorts {
  tables: RestoredTables;
  /** Records since the restore point, in the ledger's order. */
  records: AsyncIterable<LedgerRecord>;
  /** `false`: nothing is written. */
  apply: boolean;
  onProgress: (counts: ReplayCounts) => void;
}

/** Read ahead, so that items are written side by side, and each in its own order. */
const RECORDS_AT_A_TIME = 1000;
const ITEMS_AT_A_TIME = 20;

/**
 * Makes a table from a backup forget, and stop, what was to be forgotten and stopped since (DD-09). Safe to repeat: each record is compared
 * with what is there. Memory: the keys of contacts that changed.
 */
export async function replayAfterRestore(ports: ReplayPorts): Promise<ReplayCounts> {
  const counts: ReplayCounts = {
    ...{ records: 0, suppressions: 0, contacts: 0, classes: 0, removed: 0, unchanged: 0, lost: 0 },
  };
  const touched = new Set<string>();
  for await (const batch of batches(ports.records)) {
    await eachOf(byItem(batch), ITEMS_AT_A_TIME, async (records) => {
      for (const record of records) await replayOne(ports, record, { counts, touched });
    });
    counts.records += batch.length;
    ports.onProgress(counts);
  }
  if (ports.apply) await followUp(ports.tables.contacts, touched);
  return counts;
}

async function* batches(records: AsyncIterable<LedgerRecord>): AsyncGenerator<LedgerRecord[]> {
  let batch: LedgerRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < RECORDS_AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

// One person's records stay in their order.
function byItem(batch: readonly LedgerRecord[]): Iterable<LedgerRecord[]> {
  return Map.groupBy(batch, ({ facts }) => String(facts.subjectKey)).values();
}

async function replayOne(
  { tables, apply }: ReplayPorts,
  record: LedgerRecord,
  { counts, touched }: { counts: ReplayCounts; touched: Set<string> },
): Promise<void> {
  const place = placeOf(record);
  if (place === undefined) return;
  const table = tables[place.table];
  const known = await table.read(place.key);
  const outcome = replayed(record, place.key, known);
  if (outcome.kind !== 'same' && place.table === 'contacts') touched.add(String(record.facts.subjectKey));
  if (apply && outcome.kind === 'put') await table.put(outcome.next, known);
  if (apply && outcome.kind === 'remove' && known !== undefined) await table.remove(known);
  counts[countOf(outcome.kind, record)] += 1;
}

function countOf(kind: ReturnType<typeof replayed>['kind'], { event }: LedgerRecord): keyof ReplayCounts {
  if (kind === 'same') return 'unchanged';
  if (kind === 'lost') return 'lost';
  if (kind === 'remove') return 'removed';
  if (event.startsWith('suppression.')) return 'suppressions';
  return event.startsWith('contact-class.') ? 'classes' : 'contacts';
}

// A contact ends with its last class, and the links to it with the contact. Neither end is in the ledger.
async function followUp(contacts: RestoredTables['contacts'], touched: ReadonlySet<string>): Promise<void> {
  await eachOf(touched, ITEMS_AT_A_TIME, (subjectKey) => followContact(contacts, CONTACT_PREFIX + subjectKey));
  if (touched.size === 0) return;
  for await (const link of contacts.listBeginning(SUBJECT_PREFIX)) {
    if (touched.has(String(link.sk).slice(CONTACT_PREFIX.length))) await followLink(contacts, link);
  }
}
