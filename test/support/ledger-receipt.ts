import { gunzipSync } from 'node:zlib';
import { toBase64 } from '../../shared/domain/ledger/base64.ts';
import { leafHash } from '../../shared/domain/ledger/merkle.ts';
import { lineText, objectLines } from '../../shared/domain/ledger/object-lines.ts';
import { inclusionProof } from '../../shared/domain/ledger/proofs.ts';
import type { LedgerReceipt } from '../../shared/domain/ledger/receipt.ts';
import { byCodeUnit, checkpointPath, type StoredFiles } from './ledger-folder.ts';

/** All leaves of a stored ledger, in order. */
export function leavesOf(files: StoredFiles): string[] {
  const keys = [...files.keys()].filter((key) => key.startsWith('ledger/')).sort(byCodeUnit);
  return keys.flatMap((key) => [...objectLines(gunzipSync(files.get(key) ?? new Uint8Array())).records].map(lineText));
}

/** A receipt made the long way, from all leaves. */
export async function receiptFor(files: StoredFiles, index: number, size: number): Promise<LedgerReceipt> {
  const leaves = leavesOf(files);
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf)));
  const proof = await inclusionProof(size, index, (first, end) => hashes.slice(first, end));
  const checkpoint = Buffer.from(files.get(checkpointPath(size)) ?? []).toString();
  return { leaf: leaves[index] ?? '', index, proof: proof.map(toBase64), checkpoint };
}
