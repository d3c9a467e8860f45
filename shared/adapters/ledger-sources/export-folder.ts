import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CannotCheck } from '../command-line.ts';

/** A file under way; it has its name only once all of it is written. */
export interface ExportFile {
  stream: Writable;
  /** Ends the file and puts others beside it. */
  finish(beside: readonly { path: string; text: string }[]): Promise<void>;
}

/** Begins a file in a folder, which is made. Throws {@link CannotCheck} when the file is there already. */
export async function openExportFile(folder: string, name: string): Promise<ExportFile> {
  const path = join(folder, name);
  const isTaken = await access(path).then(
    () => true,
    () => false,
  );
  if (isTaken) throw new CannotCheck(`${path} is there already, and nothing is overwritten`);
  await mkdir(folder, { recursive: true });
  // Personal data: for this user only.
  const stream = createWriteStream(`${path}.part`, { mode: 0o600 });
  return {
    stream,
    finish: async (beside) => {
      stream.end();
      await finished(stream);
      for (const file of beside) await putBeside(join(folder, file.path), file.text);
      await rename(`${path}.part`, path);
    },
  };
}

async function putBeside(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
