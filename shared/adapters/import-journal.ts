import { open, truncate, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod/mini';
import { type ImportJournal, NOTHING_DONE, type RejectedLine } from '../domain/ports/import-journal.ts';
import { CannotCheck } from './command-line.ts';
import { fileDigest } from './file-lines.ts';
import { openStateFile } from './state-file.ts';

const count = z.int().check(z.gte(0));
const progressSchema = z.strictObject({
  /** Bytes of the input that are done, and their lines. */
  offset: count,
  line: count,
  accepted: count,
  duplicates: count,
  superseded: count,
  rejected: count,
});
const stateSchema = z.strictObject({ digest: z.string(), rejectsBytes: count, progress: progressSchema });

const HEADER = 'line,code,reason\r\n';

/**
 * {@link ImportJournal} in two files beside the input: `<input>.import.json`, and `<input>.rejects.csv`. Throws {@link CannotCheck} when the
 * input is not the one that was begun with.
 */
export async function openImportJournal(input: string): Promise<ImportJournal> {
  const [stateFile, rejectsFile] = [`${input}.import.json`, `${input}.rejects.csv`];
  const digest = await fileDigest(input);
  const { known, keep } = await openStateFile(stateFile, stateSchema);
  if (known !== undefined && known.digest !== digest)
    throw new CannotCheck(`${input} is not what it was when its import began; put it back, or remove ${stateFile}`);
  let rejectsBytes = await beginRejects(rejectsFile, known?.rejectsBytes);
  return {
    start: known?.progress ?? NOTHING_DONE,
    commit: async (progress, rejected) => {
      rejectsBytes += await append(rejectsFile, rejected);
      await keep({ digest, rejectsBytes, progress });
    },
  };
}

// What was written after the last state belongs to lines that come again.
async function beginRejects(file: string, bytes: number | undefined): Promise<number> {
  if (bytes === undefined) await writeFile(file, HEADER, { mode: 0o600 });
  else await truncate(file, bytes);
  return bytes ?? HEADER.length;
}

async function append(file: string, rejected: readonly RejectedLine[]): Promise<number> {
  if (rejected.length === 0) return 0;
  const rows = rejected.map(({ line, code, reason }) => [line, code, reason]);
  const text = stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
  return Buffer.byteLength(text);
}
