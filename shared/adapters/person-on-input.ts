import { canonicalAddress } from '../domain/address.ts';
import { CannotCheck, readTextFile } from './command-line.ts';
import { readInputLine } from './input-line.ts';
import { openKeyRing } from './key-ring.ts';

/** More than any address is long. */
const MAX_CHARACTERS = 1000;

/**
 * All keys under which the person may stand whose address is the one line on standard input. `keyRing`: a file with the ring's JSON, or the
 * ARN of its secret. Throws {@link CannotCheck} in words without the address.
 */
export async function subjectKeysOf(keyRing: string, input: AsyncIterable<Buffer | string>) {
  const address = canonicalAddress(await readInputLine(input, MAX_CHARACTERS));
  if (!address.ok)
    throw new CannotCheck(`standard input: ${address.problem.detail} Wanted: ${address.problem.accepted}`);
  const { subjectKeys } = keyRing.startsWith('arn:') ? await ringOfSecret(keyRing) : await ringOfFile(keyRing);
  return new Set<string>(subjectKeys.all(address.identifier));
}

async function ringOfFile(file: string) {
  const text = await readTextFile(file);
  try {
    return openKeyRing(text);
  } catch {
    // Without its cause: what failed to parse may be key material.
    throw new CannotCheck(`${file} is no key ring: {"current":"k1","k1":"…"} is wanted`);
  }
}

async function ringOfSecret(arn: string) {
  // Only here: who has the ring in a file needs no AWS SDK.
  const { secretKeyRing } = await import('./secret-key-ring.ts');
  return await secretKeyRing(arn)();
}
