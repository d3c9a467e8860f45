import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { RequestId } from '../domain/request.ts';

/** A new record id. It names a record and proves nothing: UUIDs and ULIDs are no secrets (EM-01). */
export function newRequestId(): RequestId {
  return `req_${ulid()}`;
}

/** A new single-use token: 256 bits from the system's generator, base64url (EM-01). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function systemTime(): Date {
  return new Date();
}
