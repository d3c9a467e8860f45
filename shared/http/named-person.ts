import type { AddressResult } from '../domain/address-problem.ts';
import { canonicalEmail } from '../domain/email.ts';
import { VisibleError } from '../domain/errors.ts';
import { canonicalPhone } from '../domain/phone.ts';
import { isKnownScope, type ScopeName } from '../domain/scope.ts';
import type { Identifier } from '../domain/subject.ts';
import type { Settings } from '../settings.ts';

/** Who is meant by a body with one of `email` and `phone`. Throws a `VisibleError` that names the field, never the value. */
export function readPerson({ email, phone }: { email?: string | undefined; phone?: string | undefined }): Identifier {
  return email === undefined ? accept('phone', canonicalPhone(phone ?? '')) : accept('email', canonicalEmail(email));
}

function accept(field: string, address: AddressResult): Identifier {
  if (address.ok) return address.identifier;
  const { code, detail, accepted } = address.problem;
  throw new VisibleError('invalid', code, detail, { field, accepted });
}

/** The scopes, if the stage knows their lists. Throws a `VisibleError` otherwise: another name could hold anything. */
export function readScopes(scopes: readonly string[], { lists }: Settings): ScopeName[] {
  if (scopes.every((scope) => isKnownScope(scope, lists))) return scopes as ScopeName[];
  const accepted = `A scope without a list, or with one of: ${lists.join(', ') || '(none is configured)'}`;
  throw new VisibleError('invalid', 'list.unknown', 'No such list is configured', { field: 'scopes', accepted });
}

/** Refuses a site that is not configured: its id would be recorded, and might be anything. */
export function refuseUnknownSite(site: string | undefined, { sites }: Settings): void {
  if (site === undefined || sites.some(({ id }) => id === site)) return;
  const accepted = 'The id of a configured site, or no site';
  throw new VisibleError('invalid', 'site.unknown', 'No such site is configured', { field: 'site', accepted });
}
