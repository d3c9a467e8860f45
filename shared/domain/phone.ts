import { parsePhoneNumberFromString } from 'libphonenumber-js/core/es6';
import plans from 'libphonenumber-js/min/metadata';
import { type AddressResult, refuse } from './address-problem.ts';

/**
 * The E.164 form of a phone number (TC-07) in international writing: `+` or `00`, digits of any common script, and spaces,
 * dots, dashes, slashes and parentheses wherever people put them. Asks only whether the number is possible, not whether its
 * range is in use: an opt-out must take numbers from ranges that were opened after the metadata was made.
 * An extension is refused: E.164 has none, and without it the opt-out would be another number's. Never throws.
 */
export function canonicalPhone(input: string): AddressResult {
  if (input.length > MAX_INPUT_CHARACTERS) return refuse('phone.syntax');
  const written = plainDigits(input.normalize('NFKC').replace(DIRECTION_MARKS, ''));
  if (EXTENSION.test(written)) return refuse('phone.extension');
  if (!WRITTEN_NUMBER.test(written)) return refuse('phone.syntax');
  const dialled = dial(written);
  if (!dialled.startsWith('+')) return refuse('phone.country-code-missing');
  const canonical = possibleNumber(dialled);
  // Of two trunk zeros the library drops one and leaves a number that cannot be dialled and is not stable.
  if (canonical === undefined || possibleNumber(canonical) !== canonical) return refuse('phone.impossible');
  return { ok: true, identifier: { kind: 'phone', canonical } };
}

function possibleNumber(dialled: string): string | undefined {
  const number = parsePhoneNumberFromString(dialled, { extract: false }, plans);
  return number?.isPossible() ? number.number : undefined;
}

const MAX_INPUT_CHARACTERS = 100;
// Address books wrap numbers in these so that right-to-left text leaves them in order.
const DIRECTION_MARKS = /\p{Bidi_Control}/gu;
const EXTENSION = /\d[\s,.;(-]*(?:x|extn?\.?|extension|app\.?|durchwahl|poste|#)[\s:=]*\d+\)?\s*$/iu;
const WRITTEN_NUMBER = /^[ \t]*\(?\+?(?=.*\d)[\d \t./()\p{Pd}\u{2212}]+$/u;
const TRUNK_ZERO = /^(\+(?!39)\d{1,3})\(0\)/;

// "+49 (0)30" names the zero that is dialled only inside the country. In Italy (+39) it belongs to the number.
function dial(written: string): string {
  const compact = written.replace(/[^\d+()]/g, '');
  const international = compact.replace(/^(\(?)00/, '$1+').replace(/^\((\+\d+)\)/, '$1');
  return international.replace(TRUNK_ZERO, '$1').replace(/[()]/g, '');
}

const ZEROS = [...'٠۰०০੦૦୦௦౦೦൦๐໐'].map((zero) => zero.codePointAt(0) ?? 0);

function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
