import type { DeletionId } from '../../domain/contact/deletion.ts';
import type { ItemKey } from '../../domain/ports/expired-items.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { SUBJECT_PREFIX } from './keys.ts';

/** Every key of the Contacts table. They carry the subject key, never the customer's id: keys show in metrics and trails of AWS. */
export const CONTACT_PREFIX = 'CONTACT#';
export const CONTACT_SORT = 'CONTACT';
export const CLASS_PREFIX = 'CLASS#';
export const DELETED_PREFIX = 'DELETED#';

/** The contact itself: status, identifiers, holds. */
export function contactKey(subjectKey: SubjectKey): ItemKey {
  return { pk: CONTACT_PREFIX + subjectKey, sk: CONTACT_SORT };
}

/** One class of its data. */
export function contactClassKey(subjectKey: SubjectKey, name: string): ItemKey {
  return { pk: CONTACT_PREFIX + subjectKey, sk: CLASS_PREFIX + name };
}

/** From an identifier's key to the contact that has it. */
export function contactLinkKey(identifierKey: SubjectKey, contact: SubjectKey): ItemKey {
  return { pk: SUBJECT_PREFIX + identifierKey, sk: CONTACT_PREFIX + contact };
}

/** What is left of a deleted class: the evidence. */
export function deletionKey(subjectKey: SubjectKey, deletionId: DeletionId): ItemKey {
  return { pk: DELETED_PREFIX + subjectKey, sk: deletionId };
}
