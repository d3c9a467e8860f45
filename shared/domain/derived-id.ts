import { createHash } from 'node:crypto';

/** As in ULIDs: no letter that could be taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that the same facts always give, 130 bits of their SHA-256: who acts on them again finds what was done. */
export function derivedId<P extends 'req_' | 'rev_' | 'bur_'>(prefix: P, ...facts: readonly string[]): `${P}${string}` {
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest();
  const letters = Array.from(digest.subarray(0, 26), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `${prefix}${letters.join('')}`;
}
