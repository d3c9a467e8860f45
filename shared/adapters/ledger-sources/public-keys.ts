import { type NoteKey, parseVkey } from '../../domain/ledger/note-keys.ts';
import type { StoredLedger } from '../../domain/ports/stored-ledger.ts';
import { CannotCheck, readTextFile } from '../command-line.ts';

/** Keys to check with. `found-in-ledger`: whoever could rewrite the ledger could have put them there. */
export interface TrustedKeys {
  origin: 'given' | 'found-in-ledger';
  keys: readonly NoteKey[];
}

/** Keys of the files, or of the ledger when no file was given. Throws {@link CannotCheck} when that leaves none. */
export async function chooseKeys(ledger: StoredLedger, files: readonly string[]): Promise<TrustedKeys> {
  if (files.length > 0) return { origin: 'given', keys: await readKeyFiles(files) };
  const keys: NoteKey[] = [];
  for await (const { key, text } of ledger.publicKeys()) keys.push(...readKeys(text, key));
  if (keys.length === 0)
    throw new CannotCheck('there is no public key: none was given with --public-key and none lies in keys/');
  return { origin: 'found-in-ledger', keys };
}

/** Keys of the files. Throws {@link CannotCheck} when one holds something else. */
export async function readKeyFiles(files: readonly string[]): Promise<readonly NoteKey[]> {
  const keys = await Promise.all(files.map(async (file) => readKeys(await readTextFile(file), file)));
  return keys.flat();
}

function readKeys(text: string, place: string): NoteKey[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const keys = lines.map((line) => parseVkey(line.trim()));
  if (lines.length === 0 || !keys.every((key) => key !== undefined))
    throw new CannotCheck(`${place} is no public key in the form name+id+base64 (C2SP signed-note)`);
  return keys;
}
