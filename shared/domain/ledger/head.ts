import { fromBase64Hash, toBase64 } from './base64.ts';
import { Frontier } from './frontier.ts';
import { leafHash } from './merkle.ts';
import { headerLine, LEDGER_FORMAT, NO_PREVIOUS, type ObjectHeader } from './object-header.ts';
import { lineText, objectLines } from './object-lines.ts';
import { recordProblem } from './record.ts';

/** Where the ledger ends: all that the next append needs. Kept in one item and moved by compare-and-swap (design §7). */
export interface LedgerHead {
  /** Objects so far, and thus the next object's number. */
  objects: number;
  /** Leaves so far. */
  size: number;
  /** Base64 of the tree's frontier. */
  frontier: readonly string[];
  /** SHA-256 hex of the last object's stored bytes. */
  lastObjectHash: string;
  /** Latest time of a record. */
  at: string;
}

/** An object to store, and the head once it is stored. */
export interface Append {
  header: ObjectHeader;
  /** The object's bytes before packing. */
  bytes: Uint8Array;
  /** The head after; takes the {@link storedHash} of the packed bytes, which only the packer knows. */
  nextHead: (storedHash: string) => LedgerHead;
}

/** What became of rolling a head forward. */
export type RollForward = { kind: 'follows'; head: LedgerHead } | { kind: 'does-not-follow'; why: string };

/** The head of a ledger without objects. */
export function emptyHead(): LedgerHead {
  return { objects: 0, size: 0, frontier: [], lastObjectHash: NO_PREVIOUS, at: '1970-01-01T00:00:00Z' };
}

/** Merkle root at a head, in Base64. */
export function headRoot(head: LedgerHead): string {
  return toBase64(frontierOf(head).root());
}

/** Makes the next object of at least one record line (see `recordLine`). Throws `RangeError` without any. */
export function appendRecords(head: LedgerHead, lines: readonly string[]): Append {
  if (lines.length === 0) throw new RangeError('An object holds at least one record');
  const frontier = frontierOf(head);
  for (const line of lines) frontier.append(leafHash(Buffer.from(line)));
  const header: ObjectHeader = {
    format: LEDGER_FORMAT,
    object: head.objects,
    previous: head.lastObjectHash,
    first: head.size,
    last: frontier.size - 1,
    size: frontier.size,
    root: toBase64(frontier.root()),
    frontier: head.frontier,
  };
  return {
    header,
    bytes: Buffer.from(`${[headerLine(header), ...lines].join('\n')}\n`),
    nextHead: (lastObjectHash) => ({
      objects: head.objects + 1,
      size: frontier.size,
      frontier: frontier.hashes.map(toBase64),
      lastObjectHash,
      at: lines.map(timeOf).reduce(later, head.at),
    }),
  };
}

/**
 * The head after an object that was stored before its writer could move the head. Makes the object again from its record lines and
 * accepts only the same bytes, so that nothing enters the head that this format would not have written.
 */
export function rollForward(head: LedgerHead, stored: { data: Uint8Array; storedHash: string }): RollForward {
  const { header, records, isTerminated } = objectLines(stored.data);
  if (header === undefined || !isTerminated) return refuse('its header or its end cannot be read');
  if (header.object !== head.objects) return refuse(`it is object ${header.object}, not ${head.objects}`);
  if (header.previous !== head.lastObjectHash) return refuse('it names another object as its previous');
  const lines = [...records].map(lineText);
  if (lines.length === 0 || !lines.every(isRecord)) return refuse('it holds a line that is no record');
  const again = appendRecords(head, lines);
  if (Buffer.compare(again.bytes, stored.data) !== 0) return refuse('its header does not fit its records');
  return { kind: 'follows', head: again.nextHead(stored.storedHash) };
}

function frontierOf({ size, frontier }: LedgerHead): Frontier {
  return new Frontier(size, frontier.map(readHash));
}

function readHash(text: string): Buffer {
  const hash = fromBase64Hash(text);
  if (hash === undefined) throw new TypeError('The frontier holds something that is no SHA-256 hash');
  return hash;
}

function refuse(why: string): RollForward {
  return { kind: 'does-not-follow', why };
}

function isRecord(line: string): boolean {
  try {
    return recordProblem(JSON.parse(line)) === undefined;
  } catch {
    return false;
  }
}

function timeOf(line: string): string {
  return (JSON.parse(line) as { at: string }).at;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
