import { type AddressResult, refuse } from './address-problem.ts';
import { canonicalEmail } from './email.ts';
import { canonicalPhone } from './phone.ts';

/** Reads a form's single field that takes an e-mail address or a phone number: one with an @ is an e-mail address. Never throws. */
export function canonicalAddress(input: string): AddressResult {
  if (input.includes('@')) return canonicalEmail(input);
  if (input.trim() === '') return refuse('address.missing');
  return LOOKS_LIKE_PHONE.test(input) ? canonicalPhone(input) : refuse('address.syntax');
}

// A digit before any letter, so that the person is told about phone numbers only when they typed one.
const LOOKS_LIKE_PHONE = /^[^\p{L}]*\p{Nd}/u;
