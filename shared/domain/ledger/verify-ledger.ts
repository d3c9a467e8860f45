import { toBase64 } from './base64.ts';
import { anchor, type Chained } from './chain-link.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { CheckpointTrail, type Sealed, type StoredCheckpoint } from './checkpoint-trail.ts';
import type { Defect, DefectKind } from './defect.ts';
import type { Gunzip } from './gunzip.ts';
import { LedgerWalk, type Progress } from './ledger-walk.ts';
import { EMPTY_ROOT } from './merkle.ts';
import type { NoteKey } from './note-keys.ts';
import { NO_PREVIOUS } from './object-header.ts';
import { type LedgerReceipt, verifyReceipt } from './receipt.ts';
import { type Finding, RecordChecks } from './record-checks.ts';
import { DEFAULT_LIMITS, type VerifyLimits } from './verify-limits.ts';

/** A stored object as it lies in the store, packed. */
export interface StoredObject {
  key: string;
  bytes: Uint8Array;
}

/** What is checked, and with what. */
export interface LedgerSource {
  /** In the order of their keys. */
  objects: AsyncIterable<StoredObject>;
  /** In the order of their keys. */
  checkpoints: AsyncIterable<StoredCheckpoint>;
  /** Keys that the checker trusts, got from elsewhere than the store. */
  keys: readonly NoteKey[];
  gunzip: Gunzip;
  /** A checkpoint's note that the checker holds. What lies before it is taken as known; objects are wanted from the one on that it names. */
  since?: string;
  receipt?: LedgerReceipt;
  limits?: Partial<VerifyLimits>;
  onProgress?: (progress: Readonly<Progress>) => void;
}

export interface VerifySummary extends Readonly<Progress> {
  checkpoints: number;
  defects: number;
}

/**
 * Checks a ledger and names each defect as soon as it is certain; goes on after it. Holds three headers, one unpacked object and the recent
 * records' ids, however long the ledger is. Throws only what the source throws.
 */
export async function* verifyLedger(source: LedgerSource): AsyncGenerator<Defect, VerifySummary> {
  const limits = { ...DEFAULT_LIMITS, ...source.limits };
  let count = 0;
  const brought = readBrought(source);
  const trail = new CheckpointTrail(source.checkpoints, {
    keys: source.keys,
    held: brought.held,
    clockToleranceSeconds: limits.clockToleranceSeconds,
  });
  const walk = walkOf(source, limits, { ...brought, trail });
  for (const defect of brought.defects) yield counted(defect);
  for await (const { key, bytes } of source.objects) {
    for (const defect of await walk.add(key, bytes)) yield counted(defect);
    source.onProgress?.(walk.progress);
  }
  for (const defect of await walk.end()) yield counted(defect);
  for (const defect of endDefects(walk, limits, { ...brought, trail })) yield counted(defect);
  return { ...walk.progress, checkpoints: trail.count, defects: count };

  function counted(defect: Defect): Defect {
    count += 1;
    return defect;
  }
}

/** What the checker brings along, checked by itself. */
interface Brought {
  held: Checkpoint | undefined;
  receipt: (LedgerReceipt & { sealed: Sealed }) | undefined;
  defects: Defect[];
}

function readBrought({ since, receipt, keys }: LedgerSource): Brought {
  const brought: Brought = { held: undefined, receipt: undefined, defects: [] };
  const refuse = (kind: DefectKind, checkpoint: string, detail: string) =>
    brought.defects.push({ kind, place: { checkpoint }, detail });
  const held = since === undefined ? undefined : verifyCheckpoint(since, keys);
  if (held?.kind === 'verified') brought.held = held.checkpoint;
  else if (held !== undefined) refuse(held.kind, 'since', held.detail);
  if (receipt === undefined) return brought;
  const proven = verifyReceipt(receipt, keys);
  if (proven.kind !== 'proven') refuse(proven.kind, 'receipt', proven.detail);
  else if (proven.checkpoint.size < (brought.held?.size ?? 0))
    refuse('malformed', 'receipt', 'it is older than the checkpoint from which on you check');
  else brought.receipt = { ...receipt, sealed: { key: 'receipt', checkpoint: proven.checkpoint } };
  return brought;
}

function walkOf(
  { gunzip }: LedgerSource,
  limits: VerifyLimits,
  { held, receipt, trail }: Brought & { trail: CheckpointTrail },
): LedgerWalk {
  const leaf = receipt === undefined ? undefined : Buffer.from(receipt.leaf);
  const onLeaf = (line: Uint8Array, index: number | undefined): Finding | undefined => {
    if (leaf === undefined || index !== receipt?.index || Buffer.compare(leaf, line) === 0) return undefined;
    return { kind: 'edited-record', detail: 'it is not the record of the receipt' };
  };
  const { maxObjectBytes } = limits;
  const examiner = { gunzip, checks: new RecordChecks(limits), maxObjectBytes, onLeaf };
  return new LedgerWalk(startOf(held), trail, examiner, receipt === undefined ? [] : [receipt.sealed]);
}

function startOf(held: Checkpoint | undefined): Chained {
  if (held === undefined) return anchor(-1, NO_PREVIOUS, { size: 0, root: toBase64(EMPTY_ROOT) });
  return anchor(held.object.number, held.object.hash, { size: held.size, root: held.root });
}

function endDefects(
  walk: LedgerWalk,
  limits: VerifyLimits,
  { held, trail }: Brought & { trail: CheckpointTrail },
): Defect[] {
  return [heldDefect(trail, held), tailDefect(walk, limits)].filter((defect) => defect !== undefined);
}

function heldDefect(trail: CheckpointTrail, held: Checkpoint | undefined): Defect | undefined {
  if (held === undefined || trail.count === 0 || trail.newest !== undefined) return undefined;
  const detail = `every stored checkpoint is older than yours of size ${held.size}`;
  return { kind: 'checkpoint-rolled-back', place: { checkpoint: 'since' }, detail };
}

function tailDefect({ progress, unsealedAt }: LedgerWalk, limits: VerifyLimits): Defect | undefined {
  const records = progress.size - progress.sealedSize;
  const seconds =
    limits.now === undefined || unsealedAt === '' ? 0 : (Date.parse(limits.now) - Date.parse(unsealedAt)) / 1000;
  if (records <= 0 || (records <= limits.unsealedRecords && seconds <= limits.unsealedSeconds)) return undefined;
  const detail = `${records} records wait for a checkpoint, the first since ${unsealedAt}`;
  return { kind: 'unsealed-tail-too-long', place: {}, detail };
}
