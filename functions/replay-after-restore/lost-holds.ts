import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { StoredItem } from '../../shared/domain/ports/restored-tables.ts';

/** The hold that stands for those which were placed after the restore point. */
export const RESTORED_HOLD = 'restored';

/**
 * The ledger knows how many holds there are, not which. When all were released they go; for what is too few one hold stands until a person has
 * placed them anew: data that a dispute needs must not go because a backup did not know of it.
 */
export function heldAgain(contact: StoredItem, { holdCount = 0, decidedAt }: LedgerRecord['facts']): StoredItem {
  const holds = Array.isArray(contact.holds) ? (contact.holds as readonly { holdId: string }[]) : [];
  const others = holds.filter(({ holdId }) => holdId !== RESTORED_HOLD);
  if (holdCount === 0) {
    const { holdEndsAt: _, ...rest } = contact;
    return { ...rest, pk: contact.pk, sk: contact.sk, holds: [], holdCount: 0 };
  }
  if (Number(holdCount) <= others.length) return { ...contact, holds: others, holdCount: others.length };
  // Without an end: the lost ones may have none.
  const hold = {
    holdId: RESTORED_HOLD,
    reason: 'Restored from a backup; the ledger knows of a hold that the backup does not',
    by: 'replay-after-restore',
    placedAt: typeof decidedAt === 'string' ? decidedAt : new Date(0).toISOString(),
  };
  return { ...contact, holds: [...others, hold], holdCount: others.length + 1 };
}
