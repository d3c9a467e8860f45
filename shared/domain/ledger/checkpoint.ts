import { fromBase64Hash } from './base64.ts';
import { headRoot, type LedgerHead } from './head.ts';
import type { NoteKey } from './note-keys.ts';
import { isTime } from './record.ts';
import { type Signer, signNote, verifyNote } from './signed-note.ts';

/** A signed statement of the tree at one size (C2SP tlog-checkpoint), with what we add to it. */
export interface Checkpoint {
  /** Name of the log, and of the key that signs for it. */
  origin: string;
  size: number;
  /** Base64. */
  root: string;
  /** The last object and the SHA-256 hex of its stored bytes: covers what no leaf covers, such as the gzip header. */
  object: { number: number; hash: string };
  /** When it was sealed, ISO 8601 in UTC, to the second. */
  time: string;
}

export type CheckpointVerdict =
  | { kind: 'verified'; checkpoint: Checkpoint }
  | { kind: 'malformed' | 'bad-signature' | 'unknown-key'; detail: string };

const KEY_DIGITS = 20;

/** Key of a checkpoint below its prefix: by tree size, so that keys list from the oldest, and sealing twice meets the same key. */
export function checkpointKey(size: number): string {
  return `${String(size).padStart(KEY_DIGITS, '0')}.checkpoint`;
}

/** Tree size in a checkpoint's key; `undefined` when its name tells none. */
export function checkpointKeySize(key: string): number | undefined {
  const digits = /(?:^|\/)(\d{20})\.checkpoint$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What a head is sealed as. Throws `RangeError` for a head without objects: there is nothing to seal. */
export function checkpointOf(head: LedgerHead, origin: string, time: string): Checkpoint {
  if (head.objects === 0) throw new RangeError('An empty ledger has nothing to seal');
  return {
    origin,
    size: head.size,
    root: headRoot(head),
    object: { number: head.objects - 1, hash: head.lastObjectHash },
    time,
  };
}

/** The note's text. */
export function formatCheckpoint({ origin, size, root, object, time }: Checkpoint): string {
  return `${origin}\n${size}\n${root}\nobject ${object.number} ${object.hash}\ntime ${time}\n`;
}

/** Reads a note's text; `undefined` unless it is exactly what {@link formatCheckpoint} writes, further extension lines aside. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = '', object = '', time = '', ...further] = text.split('\n');
  const [, number, hash = ''] = /^object (\d{1,16}) ([0-9a-f]{64})$/.exec(object) ?? [];
  const checkpoint = {
    origin,
    size: Number(size),
    root,
    object: { number: Number(number), hash },
    time: time.replace(/^time /, ''),
  };
  const areLinesFull = further.pop() === '' && !further.includes('');
  if (!areLinesFull || !isSound(checkpoint) || !text.startsWith(formatCheckpoint(checkpoint))) return undefined;
  return checkpoint;
}

/** Reads the checkpoint in a whole note, signatures and all. Proves nothing: see {@link verifyCheckpoint}. */
export function parseCheckpointNote(note: string): Checkpoint | undefined {
  return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
}

/** Signs a checkpoint; the result is what is stored and published. */
export async function sealCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): Promise<string> {
  return await signNote(formatCheckpoint(checkpoint), signers);
}

/** Checks a stored checkpoint. The log's own key must have signed: one that has the origin as its name. */
export function verifyCheckpoint(note: string, keys: readonly NoteKey[]): CheckpointVerdict {
  const verdict = verifyNote(note, keys);
  if (verdict.kind !== 'verified') return verdict;
  const checkpoint = parseCheckpoint(verdict.text);
  if (checkpoint === undefined) return { kind: 'malformed', detail: 'a signed note, but not a checkpoint of a ledger' };
  if (verdict.by.some(({ name }) => name === checkpoint.origin)) return { kind: 'verified', checkpoint };
  return { kind: 'unknown-key', detail: `nobody trusted signed for ${checkpoint.origin}` };
}

function isSound({ origin, size, root, object, time }: Checkpoint): boolean {
  return (
    origin !== '' &&
    Number.isSafeInteger(size) &&
    size > 0 &&
    fromBase64Hash(root) !== undefined &&
    Number.isSafeInteger(object.number) &&
    isTime(time)
  );
}
