import { type FileHandle, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shelf } from './shelf.ts';
import { sortedNames } from './sorted-names.ts';

/** {@link Shelf} in a folder that has the bucket's layout, such as a copy of the bucket. */
export function folderShelf(folder: string): Shelf {
  return {
    list: async function* (prefix, after) {
      const names = sortedNames(() => listNames(join(folder, prefix)), after.slice(prefix.length));
      for await (const name of names) yield prefix + name;
    },
    read: async (key, maxBytes) => await ifThere(() => readStart(join(folder, key), maxBytes)),
    readsAhead: 4,
  };
}

async function* listNames(folder: string): AsyncGenerator<string> {
  const entries = await ifThere(() => opendir(folder, { bufferSize: 1024 }));
  if (entries !== undefined) for await (const { name } of entries) yield name;
}

async function readStart(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return await readBytes(file, maxBytes);
  } finally {
    await file.close();
  }
}

async function readBytes(file: FileHandle, maxBytes: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  if (size <= maxBytes) return await file.readFile();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
  return buffer.subarray(0, bytesRead);
}

// Named failure: not there. That is for the verifier to judge; every other failure is not.
async function ifThere<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
