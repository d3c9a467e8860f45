import { gunzipSync } from 'node:zlib';
import { fromBase64Hash, toBase64 } from '../../shared/domain/ledger/base64.ts';
import { checkpointKey, parseCheckpointNote } from '../../shared/domain/ledger/checkpoint.ts';
import { Frontier } from '../../shared/domain/ledger/frontier.ts';
import { inclusionProofFrom } from '../../shared/domain/ledger/local-proof.ts';
import { leafHash } from '../../shared/domain/ledger/merkle.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { lineText, objectLines } from '../../shared/domain/ledger/object-lines.ts';
import type { LedgerReceipt } from '../../shared/domain/ledger/receipt.ts';
import type { LedgerPlace, LedgerPlaces } from '../../shared/domain/ports/ledger-log.ts';
import type { LedgerReader } from '../../shared/domain/ports/ledger-objects.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { CHECKPOINT_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';

export interface ProveReceiptPorts {
  places: Pick<LedgerPlaces, 'find'>;
  reader: LedgerReader;
}

/** Proof that the request's record stands in the sealed ledger, or that it waits for the next seal. */
export type ReceiptProof =
  | { state: 'sealed'; receipt: LedgerReceipt }
  | { state: 'not-yet-sealed' }
  /** The ledger does not answer just now. */
  | { state: 'unavailable' };

/**
 * Proves a request's record against the first checkpoint that holds it. Reads the objects between record and checkpoint only: each object
 * brings the frontier of the tree before it.
 */
export function proveReceipt({ places, reader }: ProveReceiptPorts) {
  return async (requestId: RequestId): Promise<ReceiptProof> => {
    const place = await places.find(requestId);
    const note = place && (await firstCheckpointWith(reader, place));
    if (place === undefined || note === undefined) return { state: 'not-yet-sealed' };
    return { state: 'sealed', receipt: await prove(reader, place, note) };
  };
}

// Keys carry the tree's size: the first one after this index names the smallest sealed tree that holds it.
async function firstCheckpointWith(reader: LedgerReader, { index }: LedgerPlace): Promise<string | undefined> {
  const key = await reader.firstAfter(CHECKPOINT_PREFIX, CHECKPOINT_PREFIX + checkpointKey(index));
  const note = key && (await reader.get(key));
  return note ? Buffer.from(note).toString() : undefined;
}

async function prove(reader: LedgerReader, { object, index }: LedgerPlace, note: string): Promise<LedgerReceipt> {
  const checkpoint = parseCheckpointNote(note);
  if (checkpoint === undefined) throw new Error('The checkpoint cannot be read');
  const first = await readObject(reader, object);
  const leaves = [...first.leaves];
  for (let next = object + 1; next <= checkpoint.object.number; next += 1)
    leaves.push(...(await readObject(reader, next)).leaves);
  const proof = inclusionProofFrom({ size: checkpoint.size, index }, first.before, leaves.map(leafHash));
  const leaf = leaves[index - first.before.size];
  if (leaf === undefined) throw new Error(`Object ${object} holds no leaf ${index}`);
  return { leaf: lineText(leaf), index, proof: proof.map(toBase64), checkpoint: note };
}

async function readObject(reader: LedgerReader, object: number): Promise<{ before: Frontier; leaves: Uint8Array[] }> {
  const packed = await reader.get(LEDGER_PREFIX + objectKey(object));
  if (packed === undefined) throw new Error(`Object ${object} of the ledger is missing`);
  const { header, records } = objectLines(gunzipSync(packed));
  const hashes = header?.frontier.map(fromBase64Hash);
  if (header === undefined || !hashes?.every((hash) => hash !== undefined))
    throw new Error(`Object ${object} cannot be read`);
  return { before: new Frontier(header.first, hashes), leaves: [...records] };
}
