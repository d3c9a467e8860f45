import type { Writable } from 'node:stream';
import { systemTime } from './ids.ts';

/** What a command has around it. */
export interface Terminal {
  input: AsyncIterable<Buffer | string>;
  output: Writable;
  errors: Writable & { isTTY?: boolean };
  now: () => Date;
}

export const systemTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  now: systemTime,
};

/** Tells how far something came, on standard error. */
export interface ProgressLine {
  show(text: () => string): void;
  /** Clears the line, so that what is printed next stands alone. */
  clear(): void;
}

const EVERY_MS = { terminal: 200, log: 10_000 };

/** One line that is written anew on a terminal; a line now and then in a log. */
export function progressLine({ errors }: Terminal): ProgressLine {
  const isTerminal = errors.isTTY === true;
  const everyMs = isTerminal ? EVERY_MS.terminal : EVERY_MS.log;
  let next = performance.now() + everyMs;
  let isShown = false;
  return {
    show: (text) => {
      if (performance.now() < next) return;
      next = performance.now() + everyMs;
      isShown = isTerminal;
      errors.write(isTerminal ? `\r\u001b[K${text()}` : `${text()}\n`);
    },
    clear: () => {
      if (isShown) errors.write('\r\u001b[K');
      isShown = false;
    },
  };
}

export const NO_PROGRESS: ProgressLine = { show: () => undefined, clear: () => undefined };
