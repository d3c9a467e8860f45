import type { StoredLedger } from '../ports/stored-ledger.ts';
import { fromBase64Hash, toBase64 } from './base64.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { Collector, type Found } from './collector.ts';
import type { Defect } from './defect.ts';
import type { Gunzip } from './gunzip.ts';
import { leafHash } from './merkle.ts';
import type { NoteKey } from './note-keys.ts';
import type { Selection } from './selection.ts';
import { type VerifySummary, verifyLedger } from './verify-ledger.ts';
import { verifyInclusion } from './verify-proofs.ts';

/** Keeps lines until the ledger's end is known; forgotten afterwards. */
interface Scratch {
  append(lines: readonly string[]): Promise<void>;
  read(): AsyncIterable<string>;
}

export interface ExportLedgerPorts {
  ledger: StoredLedger;
  gunzip: Gunzip;
  scratch: Scratch;
  now: () => Date;
  onDefect: (defect: Defect) => void;
  onProgress: (progress: { objects: number; records: number }) => void;
}

/** A record as it is handed out. `leaf`, `index`, `proof` and the checkpoint together are a receipt. */
export interface ExportedRecord {
  index: number;
  /** Number of the object that holds it. */
  object: number;
  /**
   * `sealed`: the proof leads to the checkpoint. `not-yet-sealed`: no checkpoint covers it yet. `unproven`: one does, and the ledger does not
   * lead there; it is not sound.
   */
  state: 'sealed' | 'not-yet-sealed' | 'unproven';
  /** The record's line, byte for byte. */
  leaf: string;
  /** Base64, from the leaf upwards; empty unless sealed, and in a tree of one leaf. */
  proof: readonly string[];
}

export interface LedgerExport {
  /** What the proofs lead to; absent when nothing is sealed, or not under a key that we trust. */
  sealed: { key: string; note: string; checkpoint: Checkpoint } | undefined;
  summary: VerifySummary;
  /** Records that were chosen. */
  count: number;
  /** May be read once, and before the scratch is gone. */
  records: AsyncIterable<ExportedRecord>;
}

/**
 * Finds records and proves each against the newest checkpoint. Reads the ledger once and checks all of it on the way: a proof from a ledger
 * that is not sound is not worth its name. Memory does not grow with what is chosen, and by 32 bytes for 1,024 records of the ledger.
 */
export function exportLedger(ports: ExportLedgerPorts) {
  return async (selection: Selection, keys: readonly NoteKey[]): Promise<LedgerExport> => {
    const { ledger, scratch } = ports;
    const sealed = await newestCheckpoint(ledger, keys);
    const collector = new Collector(selection, sealed?.checkpoint.size ?? 0);
    const summary = await readOnce(ports, keys, collector);
    await scratch.append(collector.end());
    return { sealed, summary, count: collector.count, records: provenRecords(scratch, collector, sealed?.checkpoint) };
  };
}

async function newestCheckpoint(ledger: StoredLedger, keys: readonly NoteKey[]) {
  for await (const { key, text } of await ledger.checkpoints(Number.MAX_SAFE_INTEGER)) {
    const verdict = verifyCheckpoint(text, keys);
    if (verdict.kind === 'verified') return { key, note: text, checkpoint: verdict.checkpoint };
  }
  return undefined;
}

async function readOnce(ports: ExportLedgerPorts, keys: readonly NoteKey[], collector: Collector) {
  const { ledger, gunzip, scratch, now, onDefect, onProgress } = ports;
  const run = verifyLedger({
    checkpoints: await ledger.checkpoints(),
    objects: ledger.objects(),
    keys,
    limits: { now: now().toISOString() },
    onProgress,
    // The verifier unpacks each object once; what it sees is what is exported.
    gunzip: async (bytes, maxBytes) => {
      const unpacked = await gunzip(bytes, maxBytes);
      if (unpacked.kind === 'whole') await scratch.append(collector.addObject(unpacked.data));
      return unpacked;
    },
  });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value;
    onDefect(step.value);
  }
}

async function* provenRecords(
  scratch: Scratch,
  collector: Collector,
  checkpoint: Checkpoint | undefined,
): AsyncGenerator<ExportedRecord> {
  const upper = collector.upper();
  for await (const line of scratch.read()) {
    const { index, object, leaf, position, lower } = JSON.parse(line) as Found;
    const isSealed = checkpoint !== undefined && position !== undefined;
    const proof = isSealed ? [...lower, ...upper(position).map(toBase64)] : [];
    const state = isSealed ? stateOf({ index, leaf, proof }, checkpoint) : 'not-yet-sealed';
    yield { index, object, state, leaf, proof: state === 'sealed' ? proof : [] };
  }
}

// Nothing leaves as proven that was not checked as its receiver will.
function stateOf(
  { index, leaf, proof }: Pick<ExportedRecord, 'index' | 'leaf' | 'proof'>,
  { size, root }: Checkpoint,
): ExportedRecord['state'] {
  const hashes = proof.map(readHash);
  const claim = { size, index, leaf: leafHash(Buffer.from(leaf)), root: readHash(root) };
  return verifyInclusion(claim, hashes) ? 'sealed' : 'unproven';
}

function readHash(text: string): Uint8Array {
  return fromBase64Hash(text) ?? new Uint8Array();
}
