import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';

/** Signature types of C2SP signed-note that we sign and check. */
const ED25519 = 0x01;
const ECDSA = 0x02;

/** A public key under which notes are signed. Name and id together name it in a signature line. */
export interface NoteKey {
  name: string;
  /** 8 hex digits. */
  id: string;
  /** The key in the text form of C2SP signed-note, as published and as given to a verifier. */
  vkey: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** Key from a public key in SPKI DER, as KMS hands it out: Ed25519 or ECDSA on P-256. Throws `TypeError` for any other. */
export function noteKey(name: string, spki: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw new TypeError('A key name is not empty and has neither spaces nor +');
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType === 'ed25519') return ed25519Key(name, key);
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return ecdsaKey(name, key);
  throw new TypeError('Notes are signed with Ed25519 or ECDSA on P-256');
}

/** Reads `<name>+<id>+<base64>`; `undefined` unless it is a key of a type that we check, under its right id. */
export function parseVkey(vkey: string): NoteKey | undefined {
  const [name = '', id = '', ...rest] = vkey.split('+');
  const material = fromBase64(rest.join('+'));
  if (!isKeyName(name) || material === undefined) return undefined;
  const key = keyOf(name, material);
  return key?.id === id && key.vkey === vkey ? key : undefined;
}

/** C2SP signed-note: not empty, no Unicode spaces, no plus. */
export function isKeyName(name: string): boolean {
  // Control characters have no place in a note, and a name stands in one.
  return name.length > 0 && name.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(name);
}

function keyOf(name: string, material: Buffer): NoteKey | undefined {
  const rest = material.subarray(1);
  try {
    if (material[0] === ECDSA) return noteKey(name, rest);
    if (material[0] !== ED25519 || rest.length !== 32) return undefined;
    return ed25519Key(name, createPublicKey({ key: ed25519Jwk(rest), format: 'jwk' }));
  } catch {
    // Bytes that are no point or no key: OpenSSL says so by throwing.
    return undefined;
  }
}

function ed25519Jwk(raw: Buffer) {
  return { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
}

function ed25519Key(name: string, key: KeyObject): NoteKey {
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const material = Buffer.concat([Buffer.of(ED25519), raw]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), material]), 'hex').slice(0, 8);
  return {
    name,
    id,
    vkey: `${name}+${id}+${toBase64(material)}`,
    verify: (message, signature) => verify(null, message, key, signature),
  };
}

// C2SP leaves 0x02 to transparency-dev's implementation: the id hashes the SPKI alone, the signature is ASN.1 DER over SHA-256.
function ecdsaKey(name: string, key: KeyObject): NoteKey {
  const spki = key.export({ format: 'der', type: 'spki' });
  const id = hash('sha256', spki, 'hex').slice(0, 8);
  return {
    name,
    id,
    vkey: `${name}+${id}+${toBase64(Buffer.concat([Buffer.of(ECDSA), spki]))}`,
    verify: (message, signature) => verify('sha256', message, { key, dsaEncoding: 'der' }, signature),
  };
}
