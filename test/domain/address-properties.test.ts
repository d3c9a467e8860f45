import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../shared/domain/address.ts';
import { canonicalEmail } from '../../shared/domain/email.ts';
import { maskAddress } from '../../shared/domain/mask.ts';
import { canonicalPhone } from '../../shared/domain/phone.ts';

/** Letters beyond ASCII whose upper case is ASCII: they stay apart from it, see `foldLetter`. */
const UPPER_CASE_IS_ASCII = /[ßẞıſﬀ-ﬆ]/u;

const word = (source: string, maxLength: number) => fc.stringMatching(new RegExp(`^[${source}]{1,${maxLength}}$`, 'u'));
const localPart = fc
  .array(word('a-zA-Z0-9!#$&*+=_~\\-àÉñΣσςйЖ', 8), { minLength: 1, maxLength: 3 })
  .map((atoms) => atoms.join('.'));
const label = fc.oneof(word('a-zA-Z0-9', 10), word('a-zàéñüжйИ郵件', 8));
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const email = fc.tuple(localPart, domain).map(([local, host]) => `${local}@${host}`);

const anyString = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).map(([local, host]) => `${local}@${host}`),
  fc.tuple(fc.string({ unit: 'binary' }), domain).map(([local, host]) => `"${local}"@${host}`),
  fc.tuple(localPart, fc.string({ unit: 'binary' })).map(([local, host]) => `${local}@${host}`),
  fc.string({ unit: fc.constantFrom(...'0123456789+() -.x٠٩０') }),
);

function canonical(typed: string): string {
  const result = canonicalEmail(typed);
  if (!result.ok) throw new Error(result.problem.code);
  return result.identifier.canonical;
}

describe('a canonical e-mail address', () => {
  it('exists for every dot-string at every domain name', () => {
    fc.assert(fc.property(email, (typed) => canonicalEmail(typed).ok));
  });

  it('is the same for every case and Unicode form', () => {
    fc.assert(
      fc.property(email, (typed) => {
        const variants = [
          typed.toUpperCase(),
          typed.toLowerCase(),
          typed.normalize('NFD'),
          typed.toUpperCase().normalize('NFD'),
        ];
        expect(new Set([typed, ...variants].map(canonical)).size).toBe(1);
      }),
    );
  });

  it('is the same for every letter of Unicode in either case, save those whose upper case is ASCII', () => {
    const lettersWithCase = Array.from({ length: 0x110000 - 128 }, (_, index) => index + 128)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point).normalize('NFC'))
      .filter((letter) => letter.toUpperCase() !== letter || letter.toLowerCase() !== letter);
    const apart = lettersWithCase.filter(
      (letter) => canonical(`a${letter.toUpperCase()}b@x.org`) !== canonical(`a${letter.toLowerCase()}b@x.org`),
    );
    expect(lettersWithCase.length).toBeGreaterThan(2_500);
    expect(apart.filter((letter) => !UPPER_CASE_IS_ASCII.test(letter))).toEqual([]);
  });

  it('is the same for the U-label and the A-label', () => {
    fc.assert(
      fc.property(localPart, domain, (local, host) => {
        expect(canonical(`${local}@${host}`)).toBe(canonical(`${local}@${domainToASCII(`${host}.a`).slice(0, -2)}`));
      }),
    );
  });

  it('is the same with needless quotes and backslashes', () => {
    fc.assert(
      fc.property(localPart, domain, (local, host) => {
        const escaped = local.replace(/[ -~]/g, '\\$&');
        fc.pre(Buffer.byteLength(escaped) < 60);
        expect(canonical(`"${escaped}"@${host}`)).toBe(canonical(`${local}@${host}`));
      }),
    );
  });

  it('keeps tags and dots', () => {
    fc.assert(
      fc.property(word('a-z', 8), word('a-z', 8), domain, (one, two, host) => {
        const written = [`${one}${two}`, `${one}.${two}`, `${one}+${two}`];
        expect(new Set(written.map((local) => canonical(`${local}@${host}`))).size).toBe(3);
      }),
    );
  });
});

describe('any string', () => {
  it.each([
    ['canonicalAddress', canonicalAddress],
    ['canonicalEmail', canonicalEmail],
    ['canonicalPhone', canonicalPhone],
  ])('gives %s a stable canonical form without control characters, or a problem', (_, read) => {
    fc.assert(
      fc.property(anyString, (typed) => {
        const result = read(typed);
        if (!result.ok) return;
        const { canonical: kept } = result.identifier;
        expect(kept).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(read(kept)).toEqual(result);
        expect(maskAddress(result.identifier)).toContain('•••');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never repeated in the problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (tail) => {
        const result = canonicalAddress(`canary-${tail}`);
        expect(JSON.stringify(result)).not.toContain('canary');
      }),
    );
  });
});

describe('any phone number', () => {
  const digits = fc.stringMatching(/^[0-9]{5,15}$/);

  it('is the same with + and 00, and however it is grouped', () => {
    fc.assert(
      fc.property(digits, fc.constantFrom(' ', '-', '.', '/', '\u00a0', '\u2011'), (number, separator) => {
        const grouped = Array.from(number).join(separator);
        expect(canonicalPhone(`00${grouped}`)).toEqual(canonicalPhone(`+${number}`));
      }),
    );
  });

  it('is stable once canonical', () => {
    fc.assert(
      fc.property(digits, (number) => {
        const result = canonicalPhone(`+${number}`);
        if (result.ok) expect(canonicalPhone(result.identifier.canonical)).toEqual(result);
      }),
      { numRuns: 5_000 },
    );
  });
});
