import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type * as z from 'zod/mini';
import { CannotCheck } from './command-line.ts';

/** What a command has noted in a file, to go on after it was cut off. */
export interface StateFile<T> {
  known: T | undefined;
  /** In one step: a state that is cut off would be none. */
  keep(state: T): Promise<void>;
  remove(): Promise<void>;
}

/** Opens a state; without a file there is none, and nothing is kept. Throws {@link CannotCheck} for a file that holds something else. */
export async function openStateFile<S extends z.ZodMiniType>(
  file: string | undefined,
  schema: S,
): Promise<StateFile<z.infer<S>>> {
  if (file === undefined) return { known: undefined, keep: async () => undefined, remove: async () => undefined };
  return {
    known: await readState(file, schema),
    keep: async (state) => {
      await writeFile(`${file}.part`, JSON.stringify(state), { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    remove: () => rm(file, { force: true }),
  };
}

async function readState<S extends z.ZodMiniType>(file: string, schema: S): Promise<z.infer<S> | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CannotCheck(`${file} cannot be read (${error.code})`, { cause: error });
  });
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CannotCheck(`${file} is no state of this command`, { cause });
  }
}
