import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type NoteKey, noteKey } from '../../shared/domain/ledger/note-keys.ts';
import type { Signer } from '../../shared/domain/ledger/signed-note.ts';
import type { Caller } from './faults.ts';
import type { Actor } from './scheduler.ts';

const ORIGIN = 'ledger.example/heed';
/** RFC 8032 §7.1, test 1: a key that everybody knows. */
const PKCS8 = '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const privateKey = createPrivateKey({ key: Buffer.from(PKCS8, 'hex'), format: 'der', type: 'pkcs8' });
const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });

const key = noteKey(ORIGIN, publicKey);
const verdicts = new Map<string, boolean>();

/** The key under which every simulated ledger is sealed. Checks each signature of a text once: it takes a fifth of all the time otherwise. */
export const simulatedKey: NoteKey = {
  ...key,
  verify: (message, signature) => {
    const pair = `${Buffer.from(signature).toString('base64')} ${Buffer.from(message).toString()}`;
    const verdict = verdicts.get(pair) ?? key.verify(message, signature);
    if (verdicts.size > 1000) verdicts.clear();
    verdicts.set(pair, verdict);
    return verdict;
  },
};

/** A signer outside of any world. */
export const simulatedSigner: Signer = {
  name: ORIGIN,
  publicKey,
  sign: async (bytes) => sign(null, bytes, privateKey),
};

/** KMS as one invocation reaches it. */
export function signerIn(caller: Caller, actor: Actor): Promise<Signer> {
  const signing = (bytes: Uint8Array) =>
    caller.call(actor, { what: 'sign', effect: () => sign(null, bytes, privateKey) });
  return caller.call(actor, { what: 'public key', effect: () => ({ ...simulatedSigner, sign: signing }) });
}
