import { randomBytes } from 'node:crypto';

/** Stands in every address of these tests, so that one search finds a leak of any of them. */
export const MARKER = 'canary';

/** An address of nobody, another one each time. */
export function newAddress(domain = 'example.com'): string {
  return `${newLocalPart()}@${domain}`;
}

export function newLocalPart(): string {
  return `${MARKER}-${randomBytes(6).toString('hex')}`;
}
