import {
  type CertificateProof,
  type CertifiedDeletion,
  type DeletionCertificate,
  type FollowUp,
  issueCertificate,
} from '../../shared/domain/contact/certificate.ts';
import { deletionOfRecord, followUpOfRecord } from '../../shared/domain/contact/certificate-records.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { ExportedRecord } from '../../shared/domain/ledger/export-ledger.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';

/** What the records of one contact come to, read one after the other. */
export class ContactHistory {
  readonly #deletions = new Map<string, CertifiedDeletion>();
  readonly #followUps = new Map<string, FollowUp>();
  /** Classes that are there, with the end that was set. */
  readonly #classes = new Map<string, LedgerRecord['facts']>();
  #sinceLastDeletion = 0;

  /** `note`: of the checkpoint that proofs lead to. */
  add(exported: ExportedRecord, note: string | undefined): void {
    const record = JSON.parse(exported.leaf) as LedgerRecord;
    const proof = proofOf(exported, note);
    const deletion = deletionOfRecord(record);
    const followUp = followUpOfRecord(record);
    if (deletion !== undefined) this.#addDeletion({ ...deletion, proof });
    // A later record of the same evidence says all that the earlier ones said.
    if (followUp !== undefined) this.#followUps.set(String(record.facts.deletionId), { ...followUp, proof });
    if (record.event.startsWith('contact')) this.#follow(record);
  }

  /** The certificate; `undefined` when nothing was deleted. */
  certificate(now: Date, recordsRead: number): DeletionCertificate | undefined {
    if (this.#deletions.size === 0) return undefined;
    const left = [...this.#classes];
    const isOver = (facts: LedgerRecord['facts']) => isExpired(facts.expiresAt as number | undefined, now);
    return issueCertificate({
      issuedAt: now.toISOString(),
      state: left.length === 0 ? 'complete' : 'partial',
      kept: left.filter(([, facts]) => !isOver(facts)).map(([name, { due }]) => keptClass(name, due)),
      beingDeleted: left.filter(([, facts]) => isOver(facts)).map(([name]) => name),
      deletions: [...this.#deletions.values()].map((deletion) => this.#withFollowUp(deletion)),
      absence: { recordsRead, recordsAfterLastDeletion: this.#sinceLastDeletion },
    });
  }

  #addDeletion(deletion: CertifiedDeletion): void {
    this.#deletions.set(deletion.deletionId, deletion);
    this.#sinceLastDeletion = 0;
  }

  #follow({ event, facts }: LedgerRecord): void {
    const [kind, what] = event.split('.');
    const isWrite = what === 'created' || what === 'changed';
    if (isWrite) this.#sinceLastDeletion += 1;
    if (kind !== 'contact-class') return;
    if (isWrite) this.#classes.set(String(facts.class), facts);
    else this.#classes.delete(String(facts.class));
  }

  #withFollowUp(deletion: CertifiedDeletion): CertifiedDeletion {
    const followUp = this.#followUps.get(deletion.deletionId);
    return followUp === undefined ? deletion : { ...deletion, followUp };
  }
}

function keptClass(name: string, due: unknown) {
  return { class: name, ...(typeof due === 'string' ? { due } : {}) };
}

function proofOf({ state, leaf, index, proof }: ExportedRecord, note: string | undefined): CertificateProof {
  if (state !== 'sealed' || note === undefined) return { state: 'not-yet-sealed' };
  return { state, leaf, index, proof: [...proof], checkpoint: note };
}
