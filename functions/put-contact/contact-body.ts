import type { Json } from '../../shared/domain/contact/contact.ts';
import type { PutContact } from '../../shared/domain/contact/contact-changes.ts';
import { canonicalEmail } from '../../shared/domain/email.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { canonicalPhone } from '../../shared/domain/phone.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import { readJson } from '../../shared/http/json.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { type ContactBody, contactBodySchema } from '../../shared/http/schemas/contacts.ts';

const LARGEST_BYTES = 32 * 1024;
/** Deeper than what anybody writes by hand, and far from where a program that follows it runs out of stack. */
const DEEPEST = 100;

/** Reads what is to be put. Throws a `VisibleError` that names the field and never a value. */
export function readContactBody(request: HttpRequest): PutContact {
  if (request.body.length > LARGEST_BYTES) {
    const accepted = `At most ${LARGEST_BYTES} bytes in all; larger data lie elsewhere and are referred to`;
    throw new VisibleError('too-large', 'contact.too-large', 'The contact is too large', { field: '(body)', accepted });
  }
  const { identifiers, classes, activeSince } = readJson(contactBodySchema, request);
  return {
    identifiers: identifiers.map((one, index) => canonical(one, `identifiers.${index}`)),
    classes: Object.fromEntries(Object.entries(classes).map(([name, held]) => [name, readClass(held, name)])),
    activeSince,
  };
}

function canonical({ email, phone }: ContactBody['identifiers'][number], field: string): Identifier {
  const address = email === undefined ? canonicalPhone(phone ?? '') : canonicalEmail(email);
  if (address.ok) return address.identifier;
  const { code, detail, accepted } = address.problem;
  throw new VisibleError('invalid', code, detail, { field, accepted });
}

function readClass({ data, ...rest }: ContactBody['classes'][string], name: string): PutContact['classes'][string] {
  if (!isDeep(data)) return { ...rest, data: data as Json | undefined };
  const accepted = `At most ${DEEPEST} levels`;
  throw new VisibleError('invalid', 'contact.too-deep', 'The data are nested too deep', {
    field: `classes.${name}.data`,
    accepted,
  });
}

// Level by level and not by recursion, which is what deep data would break.
function isDeep(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}
