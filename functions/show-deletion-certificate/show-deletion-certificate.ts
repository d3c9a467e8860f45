import {
  certifiedDeletion,
  type DeletionCertificate,
  issueCertificate,
} from '../../shared/domain/contact/certificate.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import type { Deletion } from '../../shared/domain/contact/deletion.ts';
import { followUpId } from '../../shared/domain/ledger/placed-id.ts';
import type { Contacts } from '../../shared/domain/ports/contacts.ts';
import type { Deletions } from '../../shared/domain/ports/deletions.ts';
import type { LedgerProofs } from '../../shared/domain/ports/ledger-proofs.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';

export interface ShowDeletionCertificatePorts {
  contacts: Pick<Contacts, 'read'>;
  deletions: Pick<Deletions, 'list'>;
  proofs: LedgerProofs;
  subjectKeys: SubjectKeys;
  now: () => Date;
}

/** The certificate of what was deleted of a contact; `undefined` when nothing was. Rejects when the ledger does not answer: no half proofs. */
export function showDeletionCertificate(ports: ShowDeletionCertificatePorts) {
  return async (contactId: ContactId): Promise<DeletionCertificate | undefined> => {
    const now = ports.now();
    const keys = ports.subjectKeys.all({ kind: 'customer', canonical: contactId });
    const [deletions, stored] = await Promise.all([
      ports.deletions.list(keys, now),
      ports.contacts.read(contactId, keys),
    ]);
    if (deletions.length === 0) return undefined;
    const left = whatIsLeft(stored?.contact, now);
    const certified = await Promise.all(deletions.map((deletion) => certify(ports.proofs, deletion)));
    const state = left.kept.length + left.beingDeleted.length === 0 ? 'complete' : 'partial';
    return issueCertificate({ issuedAt: now.toISOString(), state, ...left, deletions: certified });
  };
}

async function certify(proofs: LedgerProofs, deletion: Deletion) {
  // The evidence begins as version 1, and each acknowledgement makes the next.
  const version = 1 + Object.keys(deletion.acknowledged).length;
  const [deleted, followed] = await Promise.all([
    proofs.prove(deletion.deletionId),
    proofs.prove(followUpId(deletion.deletionId, version)),
  ]);
  return certifiedDeletion(deletion, { deleted, followed });
}

function whatIsLeft(contact: Contact | undefined, now: Date) {
  const living = livingContact(contact, now)?.classes ?? {};
  return {
    kept: Object.entries(living).map(([name, { due }]) => ({
      class: name,
      ...(due === undefined ? {} : { due: due.toISOString() }),
    })),
    beingDeleted: Object.keys(contact?.classes ?? {}).filter((name) => !Object.hasOwn(living, name)),
  };
}
