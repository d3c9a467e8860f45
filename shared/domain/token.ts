import { createHash, createHmac } from 'node:crypto';

/** What a single-use link carries: 256 random bits as base64url (EM-01). */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** SHA-256 of a single-use token, base64url: the only form in which it is stored (EM-02). */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * The token of the step that follows. Made from the first one, so that pressing the button of step 1 again after a lost answer leads
 * to the same step 2; nobody without the first token can make it.
 */
export function followUpToken(token: string): string {
  return createHmac('sha256', token).update('heed opt-in step 2').digest('base64url');
}
