import { type ErrorKind, VisibleError } from '../domain/errors.ts';
import type { Problem } from './schemas/problem.ts';

const STATUS: Record<ErrorKind, { status: number; title: string }> = {
  invalid: { status: 400, title: 'Bad request' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Content too large' },
  unsupported: { status: 415, title: 'Unsupported media type' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
};

/** The one mapping from errors to HTTP. What is not ours to show is our fault, and 503 lets a client try again (RF-06). */
export function toProblem(error: unknown): Problem {
  const visible =
    error instanceof VisibleError
      ? error
      : new VisibleError('unavailable', 'service.unavailable', 'Something went wrong on our side');
  const { field, accepted, code, message } = visible;
  return {
    type: 'about:blank',
    ...STATUS[visible.kind],
    code,
    detail: message,
    ...(field === undefined ? {} : { field }),
    ...(accepted === undefined ? {} : { accepted }),
  };
}
