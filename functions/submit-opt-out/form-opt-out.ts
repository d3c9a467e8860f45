import { canonicalAddress } from '../../shared/domain/address.ts';
import type { AddressResult } from '../../shared/domain/address-problem.ts';
import { isKnownScope, type ScopeName } from '../../shared/domain/scope.ts';
import type { Form } from '../../shared/http/form.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';
import type { OptOutAsked } from './submit-opt-out.ts';

/** What a posted form says. Unknown fields are ignored: websites' forms have many. */
export interface FormOptOut {
  /** As it was typed, to show it again. */
  typed: string;
  /** The choice as it was posted, likewise. */
  chosen: string;
  address: AddressResult;
  site: Settings['sites'][number] | undefined;
  locale: string | undefined;
  asked: Pick<OptOutAsked, 'scopes' | 'isSuspect'>;
}

/** Reads the fields `address` (or `email`, or `phone`), `scopes`, `site`, `locale` and the trap. */
export function readFormOptOut(form: Form, { sites, lists }: Settings): FormOptOut {
  const typed =
    ['address', 'email', 'phone'].map((name) => form.get(name) ?? '').find((value) => value.trim() !== '') ?? '';
  return {
    typed,
    chosen: form.get('scopes') ?? '',
    address: canonicalAddress(typed),
    site: sites.find(({ id }) => id === form.get('site')),
    locale: form.get('locale') ?? undefined,
    asked: { scopes: readScopes(form, lists), isSuspect: (form.get(HONEYPOT_FIELD) ?? '') !== '' },
  };
}

/** As many as the API takes. */
const MAX_SCOPES = 20;

// A scope that is not known is a mistake of the website, and its visitor can do nothing about it: the opt-out is then about
// everything, since an opt-out of less than was asked would be a false success.
function readScopes(form: Form, lists: Settings['lists']): ScopeName[] {
  const written = form
    .getAll('scopes')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '' && value !== 'default');
  const areKnown = written.length <= MAX_SCOPES && written.every((value) => isKnownScope(value, lists));
  return areKnown ? (written as ScopeName[]) : [];
}
