import { createECDH, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { SenderKey } from '../domain/ports/links.ts';

/** A ring key's pair for links that senders mint offline. */
export interface SenderKeyPair {
  publicKey: SenderKey;
  privateKey: KeyObject;
}

/** Order of P-256 (SEC 2 §2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** FIPS 186-5 §A.2.1: 128 bits more than the order has, so that the remainder shows no bias worth naming. */
const WIDE_BYTES = 48;
/** What is published can be tried against guesses at leisure, so material that may have been typed gets no public key. */
const MIN_MATERIAL_CHARACTERS = 32;

/**
 * The pair that belongs to a ring key, always the same one: derived, so that no secret has to change when links are first minted offline
 * or when a key is added. `undefined` when the material is too short to stand behind a public key.
 */
export function senderKeyPair(kid: string, material: string): SenderKeyPair | undefined {
  if (material.length < MIN_MATERIAL_CHARACTERS) return undefined;
  const scalar = scalarOf(material);
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  // SEC 1 §2.3.3: 04, x, y.
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [
    string,
    string,
  ];
  const key = { kty: 'EC', crv: 'P-256', x, y } as const;
  return {
    publicKey: { ...key, kid, alg: 'ECDH-ES', use: 'enc' },
    privateKey: createPrivateKey({ key: { ...key, d: scalar.toString('base64url') }, format: 'jwk' }),
  };
}

// FIPS 186-5 §A.2.1: the wide number modulo n − 1, plus 1, is between 1 and n − 1.
function scalarOf(material: string): Buffer {
  const wide = Buffer.from(hkdfSync('sha256', material, '', 'heed sender p256 v1', WIDE_BYTES)).toString('hex');
  const scalar = (BigInt(`0x${wide}`) % (ORDER - 1n)) + 1n;
  return Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
}
