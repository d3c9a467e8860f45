import { getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { canonicalPhone } from '../../shared/domain/phone.ts';

function canonical(typed: string): string {
  const result = canonicalPhone(typed);
  return result.ok ? result.identifier.canonical : result.problem.code;
}

describe('canonicalPhone (TC-07)', () => {
  it.each([
    ['+12025550123', '+12025550123'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['001.202.555.0123', '+12025550123'],
    ['+1/202‑555–0123', '+12025550123'],
    ['＋１ ２０２ ５５５ ０１２３', '+12025550123'],
    ['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', '+442079460958'],
    ['+۹۸ ۲۱ ۸۸۷۷ ۶۶۵۵', '+982188776655'],
    ['+९१ ९८१२३ ४५६७८', '+919812345678'],
    ['\u202a+44 20 7946 0958\u202c', '+442079460958'],
    ['+44\u00a020\u00a07946\u00a00958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['(+49) 30 123456', '+4930123456'],
    ['(0049) (0) 30 123456', '+4930123456'],
    ['+49 030 123456', '+4930123456'],
    ['+39 06 698 12345', '+390669812345'],
    ['+39 (0)6 698 12345', '+390669812345'],
    ['+54 11 15 2345 6789', '+5491123456789'],
    ['+800 1234 5678', '+80012345678'],
  ])('reads %s as %s', (typed, expected) => {
    expect(canonical(typed)).toBe(expected);
  });

  it('takes a possible number whose range is not in use', () => {
    expect(canonical('+1 911 911 9119')).toBe('+19119119119');
  });

  it.each([
    ['', 'phone.syntax'],
    ['+', 'phone.syntax'],
    ['+1 800 FLOWERS', 'phone.syntax'],
    ['++1 202 555 0123', 'phone.syntax'],
    ['+1 202 555 0123\r\n', 'phone.syntax'],
    ['+1 202 555 0123, +1 202 555 0124', 'phone.syntax'],
    [`+${'1'.repeat(10_000)}`, 'phone.syntax'],
    ['202 555 0123', 'phone.country-code-missing'],
    ['030 123456', 'phone.country-code-missing'],
    ['+1 202 555 0123 ext. 5', 'phone.extension'],
    ['+1 202 555 0123x5', 'phone.extension'],
    ['+1-202-555-0123;ext=5', 'phone.extension'],
    ['+1 202 555 0123 #5', 'phone.extension'],
    ['+999 123 456', 'phone.impossible'],
    ['+1 202 555 01234', 'phone.impossible'],
    ['+49 0 0 30 123456', 'phone.impossible'],
    ['+1 2', 'phone.impossible'],
  ])('refuses %j as %s', (typed, code) => {
    expect(canonical(typed)).toBe(code);
  });

  it.each(getCountries())('takes the example mobile number of %s in both of its writings', (country) => {
    const example = getExampleNumber(country, examples);
    expect(canonical(example?.number ?? '')).toBe(example?.number);
    expect(canonical(example?.formatInternational() ?? '')).toBe(example?.number);
  });

  it('keeps the number out of what it says about it', () => {
    expect(JSON.stringify(canonicalPhone('+1 202 555 987654321'))).not.toMatch(/987654321|555 9/);
  });
});
