import type { LedgerRecord } from '../ledger/record.ts';
import { type CertifiedDeletion, type FollowUp, inOrder } from './certificate.ts';

/** What a deletion's own record says; `undefined` for any other record. */
export function deletionOfRecord({
  event,
  facts,
}: LedgerRecord): Omit<CertifiedDeletion, 'proof' | 'followUp'> | undefined {
  if (event !== 'contact-class.retention-deleted') return undefined;
  const { expiresAt, policyVersion } = facts;
  const endedAt = new Date(Number(expiresAt) * 1000);
  const deletedAt = new Date(String(facts.deletedAt));
  if (Number.isNaN(endedAt.getTime()) || Number.isNaN(deletedAt.getTime())) return undefined;
  return {
    deletionId: String(facts.deletionId),
    subjectKey: String(facts.subjectKey),
    class: String(facts.class),
    due: String(facts.due ?? endedAt.toISOString()),
    endedAt: endedAt.toISOString(),
    deletedAt: deletedAt.toISOString(),
    by: facts.by as CertifiedDeletion['by'],
    lagSeconds: Number(facts.lagSeconds),
    ...(policyVersion === undefined ? {} : { policyVersion: String(policyVersion) }),
  };
}

/** What a record of the evidence says of other systems; `undefined` for any other record. */
export function followUpOfRecord({ event, facts }: LedgerRecord): Omit<FollowUp, 'proof'> | undefined {
  if (event !== 'deletion.created' && event !== 'deletion.changed') return undefined;
  const [systems, by, at, evidence] = ['systems', 'acknowledgedBy', 'acknowledgedAt', 'acknowledgedWith'].map((name) =>
    Array.isArray(facts[name]) ? facts[name].map(String) : [],
  );
  const acknowledgements = (by ?? []).map((system, index) => ({
    ...{ system, at: String(at?.[index]) },
    ...(evidence?.[index] ? { evidence: evidence[index] } : {}),
  }));
  return {
    method: facts.method as FollowUp['method'],
    systems: systems ?? [],
    acknowledgements: inOrder(acknowledgements),
    isDone: (systems ?? []).every((system) => by?.includes(system)),
  };
}
