import { canonicalAddress } from '../domain/address.ts';
import { CONTACT_ID_PATTERN } from '../domain/contact/contact.ts';
import { SUBJECT_KEY_PATTERN, type SubjectKeys } from '../domain/subject.ts';
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
  return new Set<string>((await subjectKeysFrom(keyRing)).all(address.identifier));
}

/**
 * All keys under which the customer's data may stand whose id is the one line on standard input; without a ring, the line is the key itself.
 * Throws {@link CannotCheck} in words without either.
 */
export async function contactKeysOf(keyRing: string | undefined, input: AsyncIterable<Buffer | string>) {
  const line = await readInputLine(input, MAX_CHARACTERS);
  if (keyRing === undefined) {
    if (SUBJECT_KEY_PATTERN.test(line)) return new Set<string>([line]);
    throw new CannotCheck('standard input is no subject key; with --key-ring the id of the customer is taken, too');
  }
  if (!CONTACT_ID_PATTERN.test(line)) throw new CannotCheck('standard input is no id of a customer');
  return new Set<string>((await subjectKeysFrom(keyRing)).all({ kind: 'customer', canonical: line }));
}

async function subjectKeysFrom(keyRing: string): Promise<SubjectKeys> {
  const { subjectKeys } = keyRing.startsWith('arn:') ? await ringOfSecret(keyRing) : await ringOfFile(keyRing);
  return subjectKeys;
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
