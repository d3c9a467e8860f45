import { ledgerRecord } from '../../functions/append-ledger/ledger-record.ts';
import { replayAfterRestore } from '../../functions/replay-after-restore/replay-after-restore.ts';
import { contactClassKey, contactKey, contactLinkKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import type { StoredItem } from '../../shared/domain/ports/restored-tables.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { memoryRestoredTable } from './memory-restored-table.ts';
import { memoryTable } from './memory-table.ts';

export const keyOf = (name: string) => `k1.${name}` as SubjectKey;
export const timeOf = (minute: number) => new Date(Date.UTC(2026, 10, 26, 8, minute)).toISOString();
export const END = 1_900_000_000;

/** A table that goes on after its backup was taken. */
export function restoredWorld() {
  const table = memoryTable(() => new Date('2026-11-26T09:00:00Z'));
  const put = (at: ItemKey, attributes: object) => {
    const version = Number(table.get(at)?.version ?? 0) + 1;
    table.transact([{ key: at, apply: () => ({ ...at, ...attributes, version }) }]);
  };
  const change = (at: ItemKey, attributes: object) => put(at, { ...table.get(at), ...attributes });
  const drop = (at: ItemKey) => table.transact([{ key: at, apply: () => undefined }]);
  let [backup, from] = [table.items(), 0];
  return {
    put,
    change,
    drop,
    choose: (name: string, scope: string, state: 'opted-out' | 'opted-in' | 'undone', since: string) =>
      change(suppressionKey(keyOf(name)), {
        subjectKey: keyOf(name),
        [`scope#${scope}`]: { state, since, requestId: `req_${since}`, manner: 'form' },
        ...(state === 'undone' ? {} : { [state === 'opted-out' ? 'lastOptOut' : 'lastOptIn']: since }),
      }),
    takeBackup: () => {
      [backup, from] = [table.items(), table.changes().length];
    },
    original: () => table.items() as StoredItem[],
    restore: async ({ apply = true, order = (all: LedgerRecord[]) => all } = {}) => {
      const records = order(table.changes().slice(from).map(ledgerRecord));
      const restored = memoryRestoredTable(backup);
      const replay = () =>
        replayAfterRestore({
          tables: { registry: restored, contacts: restored },
          records: (async function* () {
            yield* records;
          })(),
          apply,
          onProgress: () => undefined,
        });
      return { counts: await replay(), restored, again: replay };
    },
  };
}

/** A contact with two classes and a link, active. */
export function contactIn({ put }: ReturnType<typeof restoredWorld>, name = 'c1') {
  const subjectKey = keyOf(name);
  const identifiers = [{ kind: 'email', canonical: 'jane@example.org' }];
  put(contactKey(subjectKey), { contactId: name, subjectKey, identifiers, state: 'active', holds: [], holdCount: 0 });
  for (const of of ['account', 'billing']) put(contactClassKey(subjectKey, of), { subjectKey, class: of, data: '{}' });
  put(contactLinkKey(keyOf('jane'), subjectKey), { contactId: name, subjectKey });
  return subjectKey;
}

export const findItem = (items: readonly StoredItem[], { pk, sk }: ItemKey) =>
  items.find((item) => item.pk === pk && item.sk === sk);
