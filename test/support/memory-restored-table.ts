import type { Missing, RestoredTable, StoredItem } from '../../shared/domain/ports/restored-tables.ts';

const nameOf = ({ pk, sk }: Pick<StoredItem, 'pk' | 'sk'>) => `${pk}\n${sk}`;

/** A restored table in memory, with what was in the backup. */
export function memoryRestoredTable(backup: readonly object[], missing: readonly Missing[] = []) {
  const items = new Map((structuredClone(backup) as StoredItem[]).map((item) => [nameOf(item), item]));
  let writes = 0;
  const refuseMoved = (key: Pick<StoredItem, 'pk' | 'sk'>, before: StoredItem | undefined) => {
    if (items.get(nameOf(key))?.version !== before?.version) throw new Error('Something else is there');
    writes += 1;
  };
  const table: RestoredTable = {
    read: async (key) => structuredClone(items.get(nameOf(key))),
    put: async (next, before) => {
      refuseMoved(next, before);
      items.set(nameOf(next), structuredClone(next));
    },
    remove: async (before) => {
      refuseMoved(before, before);
      items.delete(nameOf(before));
    },
    partition: async (pk) => [...items.values()].filter((item) => item.pk === pk),
    listBeginning: async function* (pk) {
      yield* [...items.values()].filter((item) => item.pk.startsWith(pk));
    },
    missing: async () => missing,
  };
  return { ...table, items: () => [...items.values()], writes: () => writes };
}
