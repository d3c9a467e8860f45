import { deletionKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { deletionItem, parseDeletionItem } from '../../shared/adapters/dynamo/deletion-item.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { Deletions } from '../../shared/domain/ports/deletions.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

/** {@link Deletions} over a table in memory, in the items that the DynamoDB adapter writes. */
export interface MemoryDeletions extends Deletions {
  table: MemoryTable;
}

/** @param now stamps the stream's records. */
export function memoryDeletions(now: () => Date = () => new Date()): MemoryDeletions {
  const table = memoryTable(now);
  const list = () => table.items().map(parseDeletionItem);
  return {
    table,
    open: async (deletion) => {
      const key = deletionKey(deletion.subjectKey, deletion.deletionId);
      table.transact([{ key, condition: (item) => item === undefined, apply: () => deletionItem(deletion) }]);
    },
    acknowledge: async ({ subjectKey, deletionId }, system, { at, evidence }) => {
      const known = list().find((one) => one.deletionId === deletionId && one.subjectKey === subjectKey);
      if (!known?.systems.includes(system) || isExpired(known.expiresAt, at)) return 'unknown';
      if (system in known.acknowledged) return 'already-acknowledged';
      const add = (item: Record<string, unknown> = {}, name: string, value: unknown) => [
        ...(item[name] as unknown[]),
        value,
      ];
      const acknowledgement = { at: at.toISOString(), evidence };
      table.transact([
        {
          key: deletionKey(subjectKey, deletionId),
          apply: (item) => ({
            ...item,
            acknowledged: { ...(item?.acknowledged as object), [system]: acknowledgement },
            acknowledgedBy: add(item, 'acknowledgedBy', system),
            acknowledgedAt: add(item, 'acknowledgedAt', at.toISOString()),
            acknowledgedWith: add(item, 'acknowledgedWith', evidence ?? ''),
            version: Number(item?.version) + 1,
          }),
        },
      ]);
      return 'acknowledged';
    },
    list: async (keys, at) =>
      list()
        .filter(({ subjectKey, expiresAt }) => keys.includes(subjectKey) && !isExpired(expiresAt, at))
        .sort((a, b) => a.deletedAt.getTime() - b.deletedAt.getTime()),
  };
}
