import { gunzipSync } from 'node:zlib';
import { fromBase64Hash, toBase64 } from '../domain/ledger/base64.ts';
import { checkpointKey, parseCheckpointNote } from '../domain/ledger/checkpoint.ts';
import { Frontier } from '../domain/ledger/frontier.ts';
import { inclusionProofFrom } from '../domain/ledger/local-proof.ts';
import { leafHash } from '../domain/ledger/merkle.ts';
import { objectKey } from '../domain/ledger/object-header.ts';
import { lineText, objectLines } from '../domain/ledger/object-lines.ts';
import type { LedgerReceipt } from '../domain/ledger/receipt.ts';
import type { LedgerPlace, LedgerPlaces } from '../domain/ports/ledger-log.ts';
import type { LedgerReader } from '../domain/ports/ledger-objects.ts';
import type { LedgerProofs } from '../domain/ports/ledger-proofs.ts';
import { CHECKPOINT_PREFIX, LEDGER_PREFIX } from '../names.ts';

/** Where proofs are made from. */
interface LedgerStore {
  places: Pick<LedgerPlaces, 'find'>;
  reader: LedgerReader;
}

/**
 * {@link LedgerProofs} from the stored ledger itself. Reads the objects between record and checkpoint only: each object brings the frontier of the
 * tree before it.
 */
export function storedLedgerProofs({ places, reader }: LedgerStore): LedgerProofs {
  return {
    prove: async (placedId) => {
      const place = await places.find(placedId);
      const note = place && (await firstCheckpointWith(reader, place));
      if (place === undefined || note === undefined) return { state: 'not-yet-sealed' };
      return { state: 'sealed', receipt: await prove(reader, place, note) };
    },
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
