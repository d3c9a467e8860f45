import type { Identifier } from './subject.ts';

/** What can be wrong with a typed address. Stable: pages translate by it and clients branch on it. */
export type AddressProblemCode =
  | 'address.missing'
  | 'address.syntax'
  | 'email.syntax'
  | 'email.domain'
  | 'email.invisible-character'
  | 'email.too-long'
  | 'phone.syntax'
  | 'phone.country-code-missing'
  | 'phone.extension'
  | 'phone.impossible';

/** Why an address was refused and what is accepted instead. Never holds the address: errors travel into logs. */
export interface AddressProblem {
  code: AddressProblemCode;
  detail: string;
  accepted: string;
}

export type AddressResult = { ok: true; identifier: Identifier } | { ok: false; problem: AddressProblem };

const EMAIL_FORM = 'an e-mail address such as name@example.org';
const PHONE_FORM = 'a phone number with its country code, such as +1 202 555 0123';
const EITHER_FORM = `${EMAIL_FORM}, or ${PHONE_FORM}`;
const EMAIL_LIMITS = `${EMAIL_FORM}: at most 64 bytes before the @, 63 in each part of the domain, 254 in all`;

const PROBLEMS: Record<AddressProblemCode, Omit<AddressProblem, 'code'>> = {
  'address.missing': { detail: 'There is no address.', accepted: EITHER_FORM },
  'address.syntax': { detail: 'This is neither an e-mail address nor a phone number.', accepted: EITHER_FORM },
  'email.syntax': { detail: 'The e-mail address is not written as one.', accepted: EMAIL_FORM },
  'email.domain': { detail: 'The part after the @ is not a domain name.', accepted: EMAIL_FORM },
  'email.invisible-character': {
    detail: 'The e-mail address holds a line break, a control character or another invisible character.',
    accepted: `${EMAIL_FORM}, typed rather than pasted`,
  },
  'email.too-long': { detail: 'The e-mail address is too long.', accepted: EMAIL_LIMITS },
  'phone.syntax': {
    detail: 'The phone number holds something other than digits, spaces, dots, dashes, slashes and parentheses.',
    accepted: PHONE_FORM,
  },
  'phone.country-code-missing': { detail: 'The phone number begins without + or 00.', accepted: PHONE_FORM },
  'phone.extension': { detail: 'The phone number has an extension.', accepted: `${PHONE_FORM}, without an extension` },
  'phone.impossible': {
    detail: 'No phone number has this country code and this many digits.',
    accepted: PHONE_FORM,
  },
};

/** A refusal in the words that belong to its code. */
export function refuse(code: AddressProblemCode): AddressResult {
  return { ok: false, problem: { code, ...PROBLEMS[code] } };
}
