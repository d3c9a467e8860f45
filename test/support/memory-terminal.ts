import { Writable } from 'node:stream';
import type { Terminal } from '../../shared/adapters/terminal.ts';

/** A terminal that keeps what is written to it. */
export interface MemoryTerminal extends Terminal {
  printed(): string;
  complaints(): string;
}

export function memoryTerminal(input = '', now = '2026-11-23T09:00:00Z'): MemoryTerminal {
  const [output, errors] = [keeper(), keeper()];
  return {
    input: lines(input),
    output: output.stream,
    errors: errors.stream,
    now: () => new Date(now),
    printed: output.text,
    complaints: errors.text,
  };
}

async function* lines(text: string) {
  yield Buffer.from(text);
}

function keeper() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
