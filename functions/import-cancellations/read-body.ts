import {
  type ListFormat,
  type ReadLine,
  readLines,
  WrongHeader,
} from '../../shared/domain/contact/cancellation-lines.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { readJson } from '../../shared/http/json.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { CANCELLATIONS_PER_CALL, cancellationsBodySchema } from '../../shared/http/schemas/cancellations.ts';

const FORMATS: Readonly<Record<string, ListFormat>> = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' };

/** The lines of a request in any of the three forms. Throws a `VisibleError` when there are none, too many, or they are in no form. */
export function readBody(request: HttpRequest): ReadLine[] {
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const format = FORMATS[type.trim()];
  const lines = format === undefined ? readArray(request) : readText(format, request);
  if (lines.length === 0) throw new VisibleError('invalid', 'batch.empty', 'There is no line', { accepted: ACCEPTED });
  if (lines.length > CANCELLATIONS_PER_CALL) {
    throw new VisibleError(
      'too-large',
      'batch.too-large',
      'Nothing was done: there are more lines than one call takes',
      {
        accepted: ACCEPTED,
      },
    );
  }
  return lines;
}

const ACCEPTED = `1 to ${CANCELLATIONS_PER_CALL} cancellations as JSON, NDJSON or CSV; see /openapi.json`;

function readArray(request: HttpRequest): ReadLine[] {
  const { cancellations } = readJson(cancellationsBodySchema, request);
  return cancellations.map((value, index) => ({ line: index + 1, value }));
}

function readText(format: ListFormat, { body }: HttpRequest): ReadLine[] {
  try {
    return readLines(format, body.toString('utf8'));
  } catch (error) {
    if (!(error instanceof WrongHeader)) throw error;
    throw new VisibleError('invalid', 'csv.header', error.message, {
      field: '(header)',
      accepted: ACCEPTED,
      cause: error,
    });
  }
}
