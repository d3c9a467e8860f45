import { hash } from 'node:crypto';
import type { RequestId } from './request.ts';

/** Crockford's alphabet, in which ULIDs are written. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LETTERS = 10;
const HASH_LETTERS = 16;

/**
 * The id of a request that arrived as a message with a name of its own: a ULID of the message's time, its rest made from that name. A message
 * that is delivered twice makes one request.
 */
export function derivedRequestId(receivedAt: Date, messageId: string): RequestId {
  const digest = hash('sha256', messageId, 'buffer');
  const rest = Array.from(digest.subarray(0, HASH_LETTERS), (byte) => LETTERS[byte % LETTERS.length]).join('');
  return `req_${timeLetters(receivedAt.getTime())}${rest}`;
}

function timeLetters(milliseconds: number): string {
  let [letters, left] = ['', milliseconds];
  while (letters.length < TIME_LETTERS) {
    letters = LETTERS[left % LETTERS.length] + letters;
    left = Math.floor(left / LETTERS.length);
  }
  return letters;
}
