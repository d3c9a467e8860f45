import { fromBase64Hash, toBase64 } from './base64.ts';
import type { Defect, DefectKind, Place } from './defect.ts';
import { Frontier } from './frontier.ts';
import type { Gunzip } from './gunzip.ts';
import { leafHash, storedHash } from './merkle.ts';
import type { ObjectHeader } from './object-header.ts';
import { objectLines } from './object-lines.ts';
import type { Finding, RecordChecks } from './record-checks.ts';

/** What is known of one object by itself. Small: the bytes are gone. */
export interface Examined {
  number: number;
  /** SHA-256 hex of the stored bytes. */
  storedHash: string;
  /** `undefined` when it cannot be read. */
  header: ObjectHeader | undefined;
  /** What is wrong whoever wrote it. */
  defects: Defect[];
  /** No writer of this format stored these bytes under this number. */
  isDamaged: boolean;
  /** It is the object of another number: its records are not read as part of the chain. */
  isDisplaced: boolean;
  /** Whether header and records agree. */
  agreement: 'agrees' | 'wrong-size' | 'wrong-root';
  records: number;
  /** Time of the first record's neighbourhood: the latest one up to it. */
  at: string;
}

export interface Examiner {
  gunzip: Gunzip;
  checks: RecordChecks;
  maxObjectBytes: number;
  /** Told the header before the records are read; says whether it is one of this number. */
  onHeader: (examined: Examined, header: ObjectHeader) => void;
  /** Told each leaf with its index, where the index is known. */
  onLeaf: (leaf: Uint8Array, index: number | undefined) => Finding | undefined;
}

/** Unpacks and reads one object, record by record. */
export async function examineObject(number: number, bytes: Uint8Array, examiner: Examiner): Promise<Examined> {
  const examined = blank(number, storedHash(bytes));
  const unpacked = await examiner.gunzip(bytes, examiner.maxObjectBytes);
  if (unpacked.kind !== 'whole') {
    const { kind, detail } = GZIP_DEFECTS[unpacked.kind];
    damage(examined, kind, detail);
    return examined;
  }
  const excess = bytes.length - unpacked.consumed;
  if (excess > 0) damage(examined, 'trailing-bytes', `${excess} bytes follow the gzip member`);
  readLines(examined, unpacked.data, examiner);
  return examined;
}

/** Notes that an object cannot be what was written under its number. */
export function damage(examined: Examined, kind: DefectKind, detail: string, line?: number): void {
  examined.isDamaged = true;
  const place = line === undefined ? { object: examined.number } : { object: examined.number, line };
  examined.defects.push({ kind, place, detail });
}

/** The tree before an object, as its header tells it. */
export function frontierBefore({ first, frontier }: ObjectHeader): Frontier {
  return new Frontier(
    first,
    frontier.map((hash) => fromBase64Hash(hash) ?? Buffer.alloc(32)),
  );
}

const GZIP_DEFECTS = {
  truncated: { kind: 'truncated-gzip', detail: 'the object ends within its gzip member' },
  corrupt: { kind: 'corrupt-gzip', detail: 'the object does not unpack, or its check sum is another' },
  'too-large': { kind: 'malformed', detail: 'unpacked the object is larger than allowed' },
} as const;

function readLines(examined: Examined, data: Uint8Array, examiner: Examiner): void {
  const { header, records, isTerminated } = objectLines(data);
  examined.header = header;
  if (header === undefined) damage(examined, 'malformed', 'the first line is not a header of this format', 1);
  else examiner.onHeader(examined, header);
  const frontier = header === undefined ? new Frontier() : frontierBefore(header);
  readRecords(examined, { records, frontier, header }, examiner);
  if (!isTerminated) damage(examined, 'malformed', 'the last line has no end', examined.records + 1);
  if (header === undefined) return;
  if (frontier.size !== header.size) examined.agreement = 'wrong-size';
  else if (toBase64(frontier.root()) !== header.root) examined.agreement = 'wrong-root';
}

interface Body {
  records: Iterable<Uint8Array>;
  frontier: Frontier;
  header: ObjectHeader | undefined;
}

function readRecords(examined: Examined, { records, frontier, header }: Body, { checks, onLeaf }: Examiner): void {
  for (const leaf of records) {
    const index = header === undefined ? undefined : frontier.size;
    frontier.append(leafHash(leaf));
    examined.records += 1;
    if (examined.isDisplaced) continue;
    note(examined, index, checks.check(leaf));
    note(examined, index, onLeaf(leaf, index));
    if (examined.records === 1) examined.at = checks.latest;
  }
}

function note(examined: Examined, index: number | undefined, finding: Finding | undefined): void {
  if (finding === undefined) return;
  const place: Place = { object: examined.number, line: examined.records + 1 };
  if (index !== undefined) place.record = index;
  examined.defects.push({ ...finding, place });
  if (finding.kind === 'malformed') examined.isDamaged = true;
}

/** An object of which nothing is known yet but its place and the hash of its bytes. */
export function blank(number: number, hash: string): Examined {
  return {
    number,
    storedHash: hash,
    header: undefined,
    defects: [],
    isDamaged: false,
    isDisplaced: false,
    agreement: 'agrees',
    records: 0,
    at: '',
  };
}
