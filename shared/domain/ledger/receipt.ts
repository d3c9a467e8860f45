import { fromBase64, fromBase64Hash, toBase64 } from './base64.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import type { NoteKey } from './note-keys.ts';
import { verifyInclusion } from './verify-proofs.ts';

/** Proof that one record stands in the ledger, complete in itself but for the key. */
export interface LedgerReceipt {
  /** The record's line, byte for byte. */
  leaf: string;
  index: number;
  /** Base64, from the leaf upwards. */
  proof: readonly string[];
  /** The checkpoint's whole note. */
  checkpoint: string;
}

export type ReceiptVerdict =
  | { kind: 'proven'; checkpoint: Checkpoint }
  | { kind: 'malformed' | 'bad-signature' | 'unknown-key' | 'wrong-root'; detail: string };

const FORMAT = 'c2sp.org/tlog-proof@v1';

/** Checks a receipt by itself, without the ledger. */
export function verifyReceipt(
  { leaf, index, proof, checkpoint: note }: LedgerReceipt,
  keys: readonly NoteKey[],
): ReceiptVerdict {
  const verdict = verifyCheckpoint(note, keys);
  if (verdict.kind !== 'verified') return verdict;
  const { checkpoint } = verdict;
  const hashes = proof.map(fromBase64Hash);
  const root = fromBase64Hash(checkpoint.root);
  if (root === undefined || !hashes.every((hash) => hash !== undefined))
    return { kind: 'malformed', detail: 'the proof' };
  const claim = { size: checkpoint.size, index, leaf: leafHash(Buffer.from(leaf)), root };
  if (verifyInclusion(claim, hashes)) return { kind: 'proven', checkpoint };
  return { kind: 'wrong-root', detail: 'the proof does not lead from the leaf to the checkpoint' };
}

/** Writes a receipt as C2SP tlog-proof, with the leaf as its extra data: `<name>.tlog-proof`. */
export function formatReceipt({ leaf, index, proof, checkpoint }: LedgerReceipt): string {
  const lines = [FORMAT, `extra ${toBase64(Buffer.from(leaf))}`, `index ${index}`, ...proof];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a C2SP tlog-proof that carries its leaf; `undefined` for anything else. Proves nothing: see {@link verifyReceipt}. */
export function parseReceipt(text: string): LedgerReceipt | undefined {
  const split = text.indexOf('\n\n');
  const [format, extra = '', index = '', ...proof] = text.slice(0, Math.max(split, 0)).split('\n');
  const leaf = fromBase64(extra.replace(/^extra /, ''));
  if (leaf === undefined) return undefined;
  const receipt = { leaf: leaf.toString(), index: Number(index.slice(6)), proof, checkpoint: text.slice(split + 2) };
  return format === FORMAT && formatReceipt(receipt) === text ? receipt : undefined;
}
