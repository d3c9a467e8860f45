import { readFile } from 'node:fs/promises';

/** The end of a log, for an error message. */
export async function lastLines(path: string, count: number): Promise<string> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n').slice(-count).join('\n');
}
