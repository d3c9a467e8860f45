import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Lines in a file of their own, in a folder that only this user can read. */
export interface ScratchFile {
  append(lines: readonly string[]): Promise<void>;
  read(): AsyncIterable<string>;
  remove(): Promise<void>;
}

/** Opens a {@link ScratchFile} in the system's temporary folder. Whoever opens it removes it. */
export async function openScratchFile(): Promise<ScratchFile> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-export-'));
  const path = join(folder, 'records.ndjson');
  const file: FileHandle = await open(path, 'wx', 0o600);
  return {
    append: async (lines) => {
      if (lines.length > 0) await file.appendFile(`${lines.join('\n')}\n`);
    },
    read: () => createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }),
    remove: async () => {
      await file.close();
      await rm(folder, { recursive: true });
    },
  };
}
