import { emptyHead, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import type { LedgerPlace, StreamChange } from '../../shared/domain/ports/ledger-log.ts';

/** As S3 keeps them: strongly consistent, listed by key, and `If-None-Match: *` refuses (412) what is there. */
export class Bucket {
  readonly objects = new Map<string, Uint8Array>();
  /** Keys in the order in which they were written, twice if overwritten. */
  readonly writes: string[] = [];
  /** Requests, refused ones too: S3 charges for them. */
  puts = 0;

  putOnce(key: string, bytes: Uint8Array): 'stored' | 'exists' {
    this.puts += 1;
    if (this.objects.has(key)) return 'exists';
    this.overwrite(key, bytes);
    return 'stored';
  }

  overwrite(key: string, bytes: Uint8Array): void {
    this.objects.set(key, bytes);
    this.writes.push(key);
  }

  list(prefix: string): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort((a, b) => (a < b ? -1 : 1));
  }
}

const MARKER_MS = 48 * 60 * 60 * 1000;

/** As DynamoDB keeps them: a transaction happens whole or not at all, and TTL deletes by the store's own clock. */
export class LedgerTable {
  head: LedgerHead = emptyHead();
  readonly places = new Map<string, LedgerPlace>();
  readonly #markers = new Map<string, number>();

  /** `now`: by the writer's clock. */
  replace(old: LedgerHead, next: LedgerHead, done: { changes: readonly StreamChange[]; now: number }) {
    const { objects, lastObjectHash } = this.head;
    if (objects !== old.objects || lastObjectHash !== old.lastObjectHash) return 'moved' as const;
    this.force(next);
    this.mark(done.changes, done.now);
    return 'replaced' as const;
  }

  force(next: LedgerHead): void {
    this.head = next;
  }

  mark(changes: readonly StreamChange[], now: number): void {
    for (const { id } of changes) this.#markers.set(id, now + MARKER_MS);
  }

  findDone(changes: readonly StreamChange[], time: number): ReadonlySet<string> {
    return new Set(changes.map(({ id }) => id).filter((id) => (this.#markers.get(id) ?? 0) > time));
  }
}
