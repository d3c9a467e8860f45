import { isKnownScope, type ScopeName } from '../domain/scope.ts';
import type { Settings } from '../settings.ts';
import type { Form } from './form.ts';

/** As many as the API takes. */
const MAX_SCOPES = 20;

/**
 * What the fields `scopes` of a form name. Empty: everything. A scope that is not known is a mistake of the website, and its visitor can do nothing
 * about it: the opt-out is then about everything, since an opt-out of less than was asked would be a false success.
 */
export function readFormScopes(form: Form, { lists }: Settings): ScopeName[] {
  const written = form
    .getAll('scopes')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '' && value !== 'default');
  const areKnown = written.length <= MAX_SCOPES && written.every((value) => isKnownScope(value, lists));
  return areKnown ? (written as ScopeName[]) : [];
}
