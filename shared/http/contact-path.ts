import { CONTACT_ID_PATTERN, type ContactId } from '../domain/contact/contact.ts';
import { VisibleError } from '../domain/errors.ts';
import type { HttpRequest } from './request.ts';

/** Names of holds: short, lower-case, and no place for personal data. */
const HOLD_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The contact that a path names. Throws a `VisibleError` for what is no id. */
export function readContactId({ params }: HttpRequest): ContactId {
  const { id = '' } = params;
  if (CONTACT_ID_PATTERN.test(id)) return id as ContactId;
  const accepted = 'In the path: 1 to 64 letters, digits, dots, dashes and underscores; the first a letter or a digit';
  throw new VisibleError('invalid', 'contact.id-form', 'This is no id of a contact', { field: 'id', accepted });
}

/** The hold that a path names. Throws a `VisibleError` for what is no id. */
export function readHoldId({ params }: HttpRequest): string {
  const { holdId = '' } = params;
  if (HOLD_ID_PATTERN.test(holdId)) return holdId;
  const accepted = 'In the path: 1 to 64 lower-case letters, digits and dashes; the first no dash';
  throw new VisibleError('invalid', 'hold.id-form', 'This is no id of a hold', { field: 'holdId', accepted });
}
