import { fromBase64Hash } from './base64.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import type { NoteKey } from './note-keys.ts';
import { verifyConsistency } from './verify-proofs.ts';

/** Proof that a ledger at one checkpoint continues what it was at another, complete in itself but for the key. */
export interface ConsistencyEvidence {
  /** The checkpoints' whole notes. */
  older: string;
  newer: string;
  /** Base64, in the order of RFC 6962 §2.1.2; empty when both are of one size. */
  proof: readonly string[];
}

export interface CheckpointPair {
  older: Checkpoint;
  newer: Checkpoint;
}

export interface NotProven {
  kind: 'not-proven';
  detail: string;
}

export type ConsistencyVerdict = ({ kind: 'proven' } & CheckpointPair) | NotProven;

/** Checks the evidence by itself, without the ledger. */
export function checkConsistency(
  { older, newer, proof }: ConsistencyEvidence,
  keys: readonly NoteKey[],
): ConsistencyVerdict {
  const pair = verifyPair({ older, newer }, keys);
  if (pair.kind === 'not-proven') return pair;
  const problem = pairProblem(pair) ?? proofProblem(pair, proof);
  return problem === undefined ? { ...pair, kind: 'proven' } : notProven(problem);
}

/** Checks the signatures of two notes, and nothing else: see {@link pairProblem}. */
export function verifyPair(
  { older, newer }: Pick<ConsistencyEvidence, 'older' | 'newer'>,
  keys: readonly NoteKey[],
): ({ kind: 'signed' } & CheckpointPair) | NotProven {
  const [old, now] = [verifyCheckpoint(older, keys), verifyCheckpoint(newer, keys)];
  if (old.kind !== 'verified') return notProven(`the older checkpoint: ${old.kind}, ${old.detail}`);
  if (now.kind !== 'verified') return notProven(`the newer checkpoint: ${now.kind}, ${now.detail}`);
  return { kind: 'signed', older: old.checkpoint, newer: now.checkpoint };
}

/** Why no proof can join two signed checkpoints; `undefined` when one may. */
export function pairProblem({ older, newer }: CheckpointPair): string | undefined {
  if (older.origin !== newer.origin) return `these are two logs: ${older.origin} and ${newer.origin}`;
  if (older.size > newer.size) return `the older checkpoint has ${older.size} records, the newer one ${newer.size}`;
  if (older.size === newer.size && older.root !== newer.root)
    return `forked: two different ledgers of ${newer.size} records are signed`;
  return undefined;
}

export function notProven(detail: string): NotProven {
  return { kind: 'not-proven', detail };
}

function proofProblem({ older, newer }: CheckpointPair, proof: readonly string[]): string | undefined {
  const hashes = proof.map(fromBase64Hash);
  const [oldRoot, root] = [fromBase64Hash(older.root), fromBase64Hash(newer.root)];
  if (oldRoot === undefined || root === undefined || !hashes.every((hash) => hash !== undefined))
    return 'the proof holds something that is no hash in Base64';
  const isProven = verifyConsistency({ oldSize: older.size, oldRoot, size: newer.size, root }, hashes);
  return isProven ? undefined : 'the proof does not lead to the roots of both checkpoints';
}
