import { canonicalAddress } from '../../shared/domain/address.ts';
import type { AddressResult } from '../../shared/domain/address-problem.ts';
import type { OptOutAsked } from '../../shared/domain/record-opt-out.ts';
import type { Form } from '../../shared/http/form.ts';
import { readFormScopes } from '../../shared/http/form-scopes.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';

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
export function readFormOptOut(form: Form, settings: Settings): FormOptOut {
  const typed =
    ['address', 'email', 'phone'].map((name) => form.get(name) ?? '').find((value) => value.trim() !== '') ?? '';
  return {
    typed,
    chosen: form.get('scopes') ?? '',
    address: canonicalAddress(typed),
    site: settings.sites.find(({ id }) => id === form.get('site')),
    locale: form.get('locale') ?? undefined,
    asked: { scopes: readFormScopes(form, settings), isSuspect: (form.get(HONEYPOT_FIELD) ?? '') !== '' },
  };
}
