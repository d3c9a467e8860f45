import { createHash } from 'node:crypto';

/** RFC 6962 §2.1 word by word, and nothing of the code under test: MTH(D[n]). */
export function slowRoot(leaves: readonly string[]): string {
  return treeHash(leaves).toString('base64');
}

function treeHash(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), Buffer.from(leaves[0] as string));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

function sha256(...parts: Uint8Array[]): Buffer {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}
