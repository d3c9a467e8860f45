import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileLine } from '../domain/ports/import-journal.ts';
import { CannotCheck } from './command-line.ts';

/** Longer lines would fill the memory; none of ours is. */
const MAX_BYTES = 64_000;
const NEWLINE = 0x0a;

/** Lines of a file from a place on, in constant memory. Throws {@link CannotCheck} when one is too long, or the file cannot be read. */
export async function* fileLines(path: string, from = { offset: 0, line: 0 }): AsyncGenerator<FileLine> {
  let rest = Buffer.alloc(0);
  let { offset, line } = from;
  for await (const chunk of readFrom(path, offset)) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
      const bytes = rest.subarray(start, end);
      line += 1;
      offset += end + 1 - start;
      start = end + 1;
      yield { line, text: textOf(bytes, line), end: offset };
    }
    rest = rest.subarray(start);
    if (rest.length > MAX_BYTES) throw tooLong(line + 1);
  }
  if (rest.length > 0) yield { line: line + 1, text: textOf(rest, line + 1), end: offset + rest.length };
}

/** SHA-256 of a file in hex, by which it is known again. */
export async function fileDigest(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of readFrom(path, 0)) digest.update(chunk);
  return digest.digest('hex');
}

async function* readFrom(path: string, start: number): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { start });
  } catch (error) {
    throw new CannotCheck(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}

function textOf(bytes: Buffer, line: number): string {
  if (bytes.length > MAX_BYTES) throw tooLong(line);
  const text = bytes.toString('utf8').replace(/\r$/, '');
  return line === 1 ? text.replace(/^\uFEFF/, '') : text;
}

function tooLong(line: number): CannotCheck {
  return new CannotCheck(`line ${line} is longer than ${MAX_BYTES} bytes`);
}
