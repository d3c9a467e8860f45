import { REACH_PREFIX, REQUEST_PREFIX, requestKey, SUBJECT_PREFIX } from '../../shared/adapters/dynamo/keys.ts';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import type { Erasures } from '../../shared/domain/ports/erasures.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import { consume, note } from './memory-actions.ts';
import type { MemoryTable } from './memory-table.ts';

/** {@link Erasures} over the Registry in memory. */
export function memoryErasures(table: MemoryTable): Erasures {
  return {
    confirm: async (link, now) => {
      const noted = note(requestKey(link), { state: 'confirmed', confirmedAt: now.toISOString() });
      return table.transact([consume(link, now), noted]).length === 0 ? 'confirmed' : 'already-used';
    },
    pseudonymise: async (keys) => {
      const partitions = keys.map((key) => SUBJECT_PREFIX + key);
      const isOfPerson = ({ pk, sk }: Attributes) =>
        partitions.includes(String(pk)) && [REQUEST_PREFIX, REACH_PREFIX].some((start) => String(sk).startsWith(start));
      const requests = table.items().filter(isOfPerson);
      for (const { pk, sk, intake } of requests) {
        const { note: _, ...kept } = (intake ?? {}) as Attributes;
        const stripped = {
          maskedAddress: '',
          mailTo: undefined,
          textTo: undefined,
          ...(intake ? { intake: kept } : {}),
        };
        table.transact([note({ pk, sk } as ItemKey, stripped)]);
      }
    },
    finish: async (link, now) => {
      table.transact([note(requestKey(link), { state: 'effective', respondedAt: now.toISOString() })]);
    },
  };
}
