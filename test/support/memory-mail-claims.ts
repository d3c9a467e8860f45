import { confirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { confirmationKey, mailGuardKey, requestKey } from '../../shared/adapters/dynamo/keys.ts';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { MailClaim, MailClaims } from '../../shared/domain/ports/mail-claims.ts';
import { RECEIPT_FOLLOWS } from '../../shared/domain/request.ts';
import { note, put, remove } from './memory-actions.ts';
import type { MemoryTable } from './memory-table.ts';

/** {@link MailClaims} in memory. */
export function memoryMailClaims(table: MemoryTable): MailClaims {
  const guardOf = ({ kind, request: { subjectKey, requestId }, attemptId, expiresAt }: MailClaim) => {
    return { ...mailGuardKey(subjectKey, kind), subjectKey, requestId, attemptId, version: 1, expiresAt };
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
      const guard = { ...remove(mailGuardKey(claim.request.subjectKey, claim.kind)), condition: isOurs };
      table.transact([guard, ...claim.confirmations.map((link) => remove(confirmationKey(link)))]);
    },
    settle: async (request, receipt) => {
      const condition = (item: Attributes | undefined) =>
        item !== undefined && RECEIPT_FOLLOWS[receipt].some((state) => state === item.receipt);
      table.transact([{ ...note(requestKey(request), { receipt, mailTo: undefined, textTo: undefined }), condition }]);
    },
  };
}
