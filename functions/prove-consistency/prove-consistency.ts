import { toBase64 } from '../../shared/domain/ledger/base64.ts';
import {
  type CheckpointPair,
  type ConsistencyEvidence,
  checkConsistency,
  type NotProven,
  notProven,
  pairProblem,
  verifyPair,
} from '../../shared/domain/ledger/consistency.ts';
import { frontierBefore } from '../../shared/domain/ledger/examine-object.ts';
import type { Gunzip } from '../../shared/domain/ledger/gunzip.ts';
import { ConsistencyStretch } from '../../shared/domain/ledger/local-consistency.ts';
import { leafHash } from '../../shared/domain/ledger/merkle.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';
import { type ObjectHeader, objectNumber } from '../../shared/domain/ledger/object-header.ts';
import { objectLines } from '../../shared/domain/ledger/object-lines.ts';
import { DEFAULT_LIMITS } from '../../shared/domain/ledger/verify-limits.ts';
import type { StoredLedger } from '../../shared/domain/ports/stored-ledger.ts';

export interface ProveConsistencyPorts {
  ledger: Pick<StoredLedger, 'objects'>;
  gunzip: Gunzip;
  onProgress: (progress: { objects: number; records: number }) => void;
}

export type ConsistencyProof =
  | ({ kind: 'proven'; evidence: ConsistencyEvidence } & CheckpointPair)
  | { kind: 'wrong-order' }
  | NotProven;

interface Opened {
  header: ObjectHeader;
  records: Iterable<Uint8Array>;
}

/**
 * Proves that a ledger at one checkpoint continues what it was at another. Reads the objects from the older one's last to the newer one's
 * last, once and in constant memory. What comes out was checked as its receiver will check it.
 */
export function proveConsistency(ports: ProveConsistencyPorts) {
  return async (
    notes: Pick<ConsistencyEvidence, 'older' | 'newer'>,
    keys: readonly NoteKey[],
  ): Promise<ConsistencyProof> => {
    const pair = verifyPair(notes, keys);
    if (pair.kind === 'not-proven') return pair;
    if (pair.older.size > pair.newer.size) return { kind: 'wrong-order' };
    const problem = pairProblem(pair);
    if (problem !== undefined) return notProven(problem);
    const proof = await makeProof(ports, pair);
    if (typeof proof === 'string') return notProven(proof);
    const evidence = { ...notes, proof: proof.map(toBase64) };
    const verdict = checkConsistency(evidence, keys);
    if (verdict.kind === 'proven') return { ...verdict, evidence };
    return notProven(`the objects do not lead to the newer checkpoint: ${verdict.detail}`);
  };
}

/** The proof, or why there is none. */
async function makeProof(ports: ProveConsistencyPorts, { older, newer }: CheckpointPair) {
  if (older.size === newer.size) return [];
  const stretch = await readStretch(ports, { older, newer });
  if (typeof stretch === 'string') return stretch;
  if (toBase64(stretch.oldRoot()) !== older.root) return 'the objects do not lead to the older checkpoint';
  return stretch.proof();
}

async function readStretch({ ledger, gunzip, onProgress }: ProveConsistencyPorts, { older, newer }: CheckpointPair) {
  const start = older.object.number;
  let stretch: ConsistencyStretch | undefined;
  let next = start;
  for await (const { number, bytes } of numberedObjects(ledger, start)) {
    if (number !== next) break;
    const opened = await openObject(next, bytes, gunzip);
    if (typeof opened === 'string') return opened;
    stretch ??= startStretch(opened.header, { older, newer });
    if (stretch?.position !== opened.header.first) return `object ${next} does not begin where it must`;
    addRecords(stretch, opened.records);
    next += 1;
    onProgress({ objects: next - start, records: stretch.position });
    if (stretch.isWhole) return stretch;
  }
  return `object ${next} is missing`;
}

// What else lies there is for `verify-ledger` to name.
async function* numberedObjects(ledger: ProveConsistencyPorts['ledger'], from: number) {
  for await (const { key, bytes } of ledger.objects(from)) {
    const number = objectNumber(key);
    if (number !== undefined) yield { number, bytes };
  }
}

async function openObject(number: number, bytes: Uint8Array, gunzip: Gunzip): Promise<Opened | string> {
  const unpacked = await gunzip(bytes, DEFAULT_LIMITS.maxObjectBytes);
  if (unpacked.kind !== 'whole') return `object ${number} does not unpack: ${unpacked.kind}`;
  const { header, records } = objectLines(unpacked.data);
  if (header?.object !== number) return `object ${number} has no header of its number`;
  return { header, records };
}

// The frontier is believed for now: a wrong one does not lead to the signed root.
function startStretch(header: ObjectHeader, { older, newer }: CheckpointPair): ConsistencyStretch | undefined {
  if (header.first > older.size) return undefined;
  return new ConsistencyStretch({ oldSize: older.size, size: newer.size }, frontierBefore(header));
}

function addRecords(stretch: ConsistencyStretch, records: Iterable<Uint8Array>): void {
  for (const record of records) {
    if (stretch.isWhole) return;
    stretch.add(leafHash(record));
  }
}
