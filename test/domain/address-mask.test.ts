import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../shared/domain/address.ts';
import { maskAddress } from '../../shared/domain/mask.ts';

function mask(typed: string): string {
  const result = canonicalAddress(typed);
  if (!result.ok) throw new Error(result.problem.code);
  return maskAddress(result.identifier);
}

describe('maskAddress', () => {
  it.each([
    ['jane@example.org', 'j•••@e•••.org'],
    ['jane@mail.example.co.uk', 'j•••@m•••.uk'],
    ['j@example.org', '•••@e•••.org'],
    ['\u{1f469}\u200d\u{1f469}\u200d\u{1f467}@example.org', '•••@e•••.org'],
    ['"j"@example.org', '•••@e•••.org'],
    ['"jane doe"@example.org', '•••@e•••.org'],
    ['""@example.org', '•••@e•••.org'],
    ['"a@b c"@example.org', '•••@e•••.org'],
    ['伊昭傑@郵件.商務', '伊•••@郵•••.商務'],
    ['jane@xn--lhr59c.xn--lhr59c', 'j•••@商•••.商務'],
    ['jane@localhost', 'j•••@l•••'],
    ['jane@192.0.2.1', 'j•••@1•••.1'],
    ['jane@[192.0.2.1]', 'j•••@[•••]'],
    ['jane@[IPv6:2001:db8::1]', 'j•••@[•••]'],
    ['+1 202 555 0155', '+1•••••55'],
    ['+49 30 123456', '+49•••••56'],
    ['+290 21234', '+290•••••'],
  ])('writes %s as %s', (typed, expected) => {
    expect(mask(typed)).toBe(expected);
  });

  it.each(getCountries())('shows the whole country code of %s and no digit after it', (country) => {
    const code = getCountryCallingCode(country);
    expect(maskAddress({ kind: 'phone', canonical: `+${code}12345678` })).toBe(`+${code}•••••78`);
  });
});
