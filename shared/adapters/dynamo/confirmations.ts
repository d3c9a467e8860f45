import type { Confirmations } from '../../domain/ports/confirmations.ts';
import { parseConfirmationItem } from './confirmation-item.ts';
import { confirmationKey } from './keys.ts';
import { readLiving } from './requests.ts';
import type { Table } from './table.ts';

/** {@link Confirmations} by one consistent read. */
export function dynamoConfirmations(table: Table): Confirmations {
  return {
    find: async (tokenHash, now) => {
      const attributes = await readLiving(table, confirmationKey({ tokenHash }), now);
      return attributes && parseConfirmationItem(attributes);
    },
  };
}
