import { canonicalJson } from '../ledger/canonical.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import type { NoteKey } from '../ledger/note-keys.ts';
import { verifyReceipt } from '../ledger/receipt.ts';
import { type LedgerRecord, parseRecord } from '../ledger/record.ts';
import {
  type CertificateProof,
  type CertifiedDeletion,
  certificateDigest,
  type DeletionCertificate,
} from './certificate.ts';
import { deletionOfRecord, followUpOfRecord } from './certificate-records.ts';

/** What is wrong, and with which deletion; without one it is about the certificate as a whole. */
export interface CertificateDefect {
  deletionId?: string;
  detail: string;
}

export interface CertificateVerdict {
  defects: CertificateDefect[];
  /** Ids of deletions of which a part waits for its seal: nothing is wrong with them, and nothing is proven. */
  unsealed: string[];
  /** What the proofs lead to, newest first. */
  checkpoints: Checkpoint[];
}

/** Checks all that a certificate proves, by itself and without the ledger. */
export function checkCertificate(certificate: DeletionCertificate, keys: readonly NoteKey[]): CertificateVerdict {
  const checked = certificate.deletions.map((deletion) => checkDeletion(deletion, keys));
  const checkpoints = new Map(
    checked.flatMap((one) => one.checkpoints).map((one) => [`${one.origin} ${one.size}`, one]),
  );
  return {
    defects: [...wholeDefects(certificate), ...checked.flatMap(({ defects }) => defects)],
    unsealed: checked.filter(({ isSealed }) => !isSealed).map(({ deletionId }) => deletionId),
    checkpoints: [...checkpoints.values()].sort((a, b) => b.size - a.size),
  };
}

function wholeDefects(certificate: DeletionCertificate): CertificateDefect[] {
  const { digest, ...statement } = certificate;
  const { deletions, state, kept, beingDeleted, absence } = statement;
  const isComplete = kept.length + beingDeleted.length === 0;
  const ids = new Set(deletions.map(({ deletionId }) => deletionId));
  return [
    digest === certificateDigest(statement) ? [] : { detail: 'the digest is not that of the certificate' },
    (state === 'complete') === isComplete ? [] : { detail: `it says ${state} and lists otherwise` },
    ids.size === deletions.length ? [] : { detail: 'a deletion is listed twice' },
    isComplete && (absence?.recordsAfterLastDeletion ?? 0) > 0 ? { detail: 'records follow the last deletion' } : [],
  ].flat();
}

interface Checked {
  deletionId: string;
  defects: CertificateDefect[];
  isSealed: boolean;
  checkpoints: Checkpoint[];
}

function checkDeletion(deletion: CertifiedDeletion, keys: readonly NoteKey[]): Checked {
  const { deletionId, subjectKey } = deletion;
  const { proof, followUp, ...stated } = deletion;
  const parts = [checkPart({ proof, stated, name: 'the deletion' }, deletionOfRecord, keys)];
  if (followUp !== undefined) {
    const { proof: followed, ...said } = followUp;
    // Not only what it says: it must be the follow-up of this very deletion.
    const named = { ...said, ...pickNames(deletion) };
    const read = (record: LedgerRecord) => {
      const found = followUpOfRecord(record);
      return found && { ...found, ...pickNames(record.facts) };
    };
    parts.push(checkPart({ proof: followed, stated: named, name: 'the follow-up' }, read, keys));
  }
  const own = subjectKey.includes('@') ? ['the subject key is none'] : [];
  return {
    deletionId,
    defects: [...own, ...parts.flatMap(({ problems }) => problems)].map((detail) => ({ deletionId, detail })),
    isSealed: parts.every(({ isSealed }) => isSealed),
    checkpoints: parts.flatMap(({ checkpoint }) => checkpoint ?? []),
  };
}

function pickNames(source: Readonly<Record<string, unknown>>) {
  return { deletionId: source.deletionId, subjectKey: source.subjectKey, class: source.class };
}

interface Part {
  proof: CertificateProof;
  stated: object;
  name: string;
}

function checkPart(
  { proof, stated, name }: Part,
  read: (record: LedgerRecord) => object | undefined,
  keys: readonly NoteKey[],
) {
  if (proof.state !== 'sealed') return { problems: [], isSealed: false, checkpoint: undefined };
  const verdict = verifyReceipt(proof, keys);
  if (verdict.kind !== 'proven')
    return { problems: [`${name}: ${verdict.kind}, ${verdict.detail}`], isSealed: true, checkpoint: undefined };
  const record = parseRecord(proof.leaf);
  const proven = record && read(record);
  const isSame = proven !== undefined && canonicalJson(proven) === canonicalJson(stated);
  const problems = isSame ? [] : [`${name}: the proven record says something else`];
  return { problems, isSealed: true, checkpoint: verdict.checkpoint };
}
