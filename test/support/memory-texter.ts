import type { Text, Texter } from '../../shared/domain/ports/texter.ts';

/** {@link Texter} that keeps what it was given. */
export interface MemoryTexter extends Texter {
  readonly sent: readonly Text[];
  /** The next attempt fails with this error, and nothing goes out. */
  failNext(error: Error): void;
}

export function memoryTexter(): MemoryTexter {
  const sent: Text[] = [];
  const errors: Error[] = [];
  return {
    sent,
    failNext: (error) => {
      errors.push(error);
    },
    send: async (text) => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      sent.push(text);
    },
  };
}
