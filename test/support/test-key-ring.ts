import { type KeyRing, openKeyRing } from '../../shared/adapters/key-ring.ts';

/** Key material of tests only; the vectors in `test/adapters/key-ring.test.ts` hang on it. */
const FIRST = 'a'.repeat(64);
const SECOND = 'b'.repeat(64);

/** The ring's secret as Secrets Manager generates it. */
export const TEST_SECRET = JSON.stringify({ current: 'k1', k1: FIRST });
/** The same ring after a rotation: the old key stays for look-ups and links (CS-03, GD-10). */
export const ROTATED_SECRET = JSON.stringify({ current: 'k2', k1: FIRST, k2: SECOND });
/** The ring of somebody else, under the same key id. */
export const OTHER_SECRET = JSON.stringify({ current: 'k1', k1: SECOND });

export function testKeyRing(secret = TEST_SECRET): KeyRing {
  return openKeyRing(secret);
}
