/** What went wrong, as far as the caller can do something about it. */
export type ErrorKind =
  | 'invalid'
  | 'not-found'
  | 'unsupported'
  | 'too-large'
  | 'conflict'
  | 'forbidden'
  | 'unavailable';

/** More about a problem, for the caller. Never holds an address. */
export interface ErrorFacts {
  /** Name of the field that is wrong. */
  field?: string;
  /** The accepted form, in words. */
  accepted?: string;
  cause?: unknown;
}

/**
 * An error that the caller may see. Anything else that is thrown is a bug and shows nothing of itself.
 * `code` is stable and dotted; programs match it, people read the message.
 */
export class VisibleError extends Error {
  override readonly name = 'VisibleError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly field: string | undefined;
  readonly accepted: string | undefined;

  constructor(kind: ErrorKind, code: string, message: string, { field, accepted, cause }: ErrorFacts = {}) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
    this.field = field;
    this.accepted = accepted;
  }
}
