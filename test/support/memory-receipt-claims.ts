import { confirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { confirmationKey, mailGuardKey, requestKey } from '../../shared/adapters/dynamo/keys.ts';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { ReceiptClaim, ReceiptClaims } from '../../shared/domain/ports/receipts.ts';
import { RECEIPT_FOLLOWS } from '../../shared/domain/request.ts';
import { note, put, remove } from './memory-actions.ts';
import type { MemoryTable } from './memory-table.ts';

/** {@link ReceiptClaims} in memory. */
export function memoryReceiptClaims(table: MemoryTable): ReceiptClaims {
  const guardOf = ({ request: { subjectKey, requestId }, attemptId, expiresAt }: ReceiptClaim) => {
    return { ...mailGuardKey(subjectKey), subjectKey, requestId, attemptId, version: 1, expiresAt };
  };
  return {
    claim: async (claim) => {
      const guard = guardOf(claim);
      const isFree = (item: Attributes | undefined) =>
        item === undefined || isExpired(item.expiresAt as number, claim.now);
      const links = claim.confirmations.map((link) => put(confirmationItem(link)));
      if (table.transact([{ ...put(guard), condition: isFree }, ...links]).length === 0) return 'claimed';
      return table.get(guard)?.requestId === claim.request.requestId ? 'claimed-before' : 'withheld';
    },
    release: async (claim) => {
      const isOurs = (item: Attributes | undefined) => item?.attemptId === claim.attemptId;
      const guard = { ...remove(mailGuardKey(claim.request.subjectKey)), condition: isOurs };
      table.transact([guard, ...claim.confirmations.map((link) => remove(confirmationKey(link)))]);
    },
    settle: async (request, receipt) => {
      const condition = (item: Attributes | undefined) =>
        item !== undefined && RECEIPT_FOLLOWS[receipt].some((state) => state === item.receipt);
      table.transact([{ ...note(requestKey(request), { receipt, mailTo: undefined }), condition }]);
    },
  };
}
