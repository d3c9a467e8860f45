import type { LedgerItemType, LedgerRecord } from './record.ts';

interface Generation {
  ids: Set<string>;
  sequences: Map<string, string>;
}

/**
 * Remembers the last records, between `capacity` and twice as many: enough to find what a redelivery doubles, in constant memory.
 * Two generations, as a set from which the oldest is deleted again and again gets slow.
 */
export class RecentRecords {
  readonly #capacity: number;
  #young = generation();
  #old = generation();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether the record is a second one of its change, or comes before an earlier change of its item's subject. */
  problem({ id, seq, event, facts }: LedgerRecord): { kind: 'duplicate' | 'reordered'; detail: string } | undefined {
    if (this.#capacity === 0) return undefined;
    if (this.#young.ids.has(id) || this.#old.ids.has(id))
      return { kind: 'duplicate', detail: `event ${id} stands here a second time` };
    this.#makeRoom();
    this.#young.ids.add(id);
    const partition = partitionOf(event);
    return partition === undefined ? undefined : this.#orderProblem(`${partition} ${facts.subjectKey}`, seq);
  }

  #orderProblem(partition: string, seq: string) {
    const previous = this.#young.sequences.get(partition) ?? this.#old.sequences.get(partition);
    this.#young.sequences.set(partition, seq);
    if (previous === undefined || !isBefore(seq, previous)) return undefined;
    return { kind: 'reordered' as const, detail: `change ${seq} of a subject comes after its change ${previous}` };
  }

  #makeRoom(): void {
    if (this.#young.ids.size < this.#capacity) return;
    this.#old = this.#young;
    this.#young = generation();
  }
}

function generation(): Generation {
  return { ids: new Set(), sequences: new Map() };
}

/**
 * Items under one partition key pass through one line of shards, in order (DD-06); by the kind of item, of which key that is. Links of a
 * subject, by mail or to a contact, stand under keys that the record does not tell, and what could not be read names no subject: their
 * numbers may come from several shards, which do not compare.
 */
const PARTITIONS: Readonly<Partial<Record<string, string>>> = {
  suppression: 'subject',
  request: 'subject',
  'mail-guard': 'subject',
  reach: 'subject',
  contact: 'contact',
  'contact-class': 'contact',
  deletion: 'deletion',
} satisfies Partial<Record<LedgerItemType, string>>;

function partitionOf(event: string): string | undefined {
  const [kind = ''] = event.split('.');
  return Object.hasOwn(PARTITIONS, kind) ? PARTITIONS[kind] : undefined;
}

function isBefore(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}
