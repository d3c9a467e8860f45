import { hash } from 'node:crypto';

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

const LEAF = 0x00;
const NODE = 0x01;

/** Hash of a leaf; its prefix differs from a node's, so that no node passes for a leaf (RFC 6962 §2.1). */
export function leafHash(leaf: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(leaf.length + 1);
  input[0] = LEAF;
  input.set(leaf, 1);
  return sha256(input);
}

/** Hash of a node over its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(65);
  input[0] = NODE;
  input.set(left, 1);
  input.set(right, 33);
  return sha256(input);
}

/** SHA-256 in lower-case hex, as it stands in headers and checkpoints for the stored bytes of an object. */
export function storedHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

// Half the time of asking for a Buffer: that is made outside V8's own heap, for each of two hashes per record.
function sha256(input: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'binary');
}
