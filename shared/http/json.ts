import type * as z from 'zod/mini';
import { VisibleError } from '../domain/errors.ts';
import type { HttpRequest } from './request.ts';

/** Parses a JSON body against its schema. Throws a `VisibleError` that names the field and what is accepted, never a value. */
export function readJson<S extends z.ZodMiniObject>(schema: S, request: HttpRequest): z.infer<S> {
  const parsed = schema.safeParse(parseText(request));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new VisibleError('invalid', `body.${issue?.code.replaceAll('_', '-') ?? 'invalid'}`, describe(issue), {
    field: issue?.path.map(readable).join('.') || '(body)',
    accepted: `A JSON object with the fields ${Object.keys(schema.shape).join(', ')}; see /openapi.json`,
  });
}

// A record's names come from the sender, too.
function readable(name: PropertyKey): string {
  return typeof name === 'number' || /^[A-Za-z][\w-]{0,39}$/.test(String(name)) ? String(name) : '(name)';
}

// Names of unknown fields come from the sender and may hold anything, so they are not repeated.
function describe(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'custom':
      return issue.message;
    case 'unrecognized_keys':
      return 'The body has a field that is not known; nothing was done';
    case 'too_big':
      return `More than the maximum of ${issue.maximum}`;
    case 'too_small':
      return `Less than the minimum of ${issue.minimum}`;
    case 'invalid_type':
      return `Not of the type ${issue.expected}`;
    default:
      return 'Not of the form that is accepted';
  }
}

function parseText({ headers, body }: HttpRequest): unknown {
  if (!/^application\/(json|[a-z.-]+\+json)\b/i.test(headers['content-type'] ?? '')) {
    throw new VisibleError('unsupported', 'body.unsupported-type', 'The body is not JSON', {
      accepted: 'Content-Type application/json',
    });
  }
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new VisibleError('invalid', 'body.not-json', 'The body is not valid JSON', {
      accepted: 'One JSON object (RFC 8259)',
      cause,
    });
  }
}
