import { fromBase64Hash } from './base64.ts';
import { canonicalJson } from './canonical.ts';
import { frontierLength } from './frontier.ts';

export const LEDGER_FORMAT = 'heed-ledger/1';

/** What object 0 names as the hash of its predecessor. */
export const NO_PREVIOUS = '0'.repeat(64);

/** First line of an object: where it stands in the chain, and the tree before and after its records. */
export interface ObjectHeader {
  format: typeof LEDGER_FORMAT;
  /** Number of the object, from 0. */
  object: number;
  /** SHA-256 hex of the previous object's stored bytes. */
  previous: string;
  /** Index of the first and of the last leaf. */
  first: number;
  last: number;
  /** Tree size after. */
  size: number;
  /** Base64 of the tree's root after. */
  root: string;
  /** Base64 of the frontier before: with it each object is checked by itself, however damaged those before it are. */
  frontier: readonly string[];
}

const KEY_DIGITS = 20;

/** Key of an object below the ledger's prefix; keys list in the order of their numbers. */
export function objectKey(object: number): string {
  return `${String(object).padStart(KEY_DIGITS, '0')}.ndjson.gz`;
}

/** Number in an object's key, whatever folder it is in; `undefined` when it is no object's key. */
export function objectNumber(key: string): number | undefined {
  const digits = /(?:^|\/)(\d{20})\.ndjson\.gz$/.exec(key)?.[1];
  const number = Number(digits ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

export function headerLine(header: ObjectHeader): string {
  return canonicalJson(header);
}

/** Reads a header; `undefined` for a line that this format does not write, a header that contradicts itself included. */
export function parseHeader(line: string): ObjectHeader | undefined {
  const header = parseJson(line);
  if (!isHeader(header) || !isConsistent(header)) return undefined;
  return headerLine(header) === line ? header : undefined;
}

function isConsistent({ first, last, size, frontier }: ObjectHeader): boolean {
  return first <= last && size === last + 1 && frontier.length === frontierLength(first);
}

function isHeader(value: unknown): value is ObjectHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { format, object, previous, first, last, size, root, frontier, ...others } = value as Record<string, unknown>;
  return (
    format === LEDGER_FORMAT &&
    Object.keys(others).length === 0 &&
    [object, first, last, size].every(isCount) &&
    isHex(previous) &&
    [root, ...(Array.isArray(frontier) ? frontier : [undefined])].every((hash) => fromBase64Hash(hash) !== undefined)
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
