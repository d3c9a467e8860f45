import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLocale } from '../../shared/i18n/locale.ts';
import type { Locale } from '../../shared/settings.ts';

const OFFERED: readonly Locale[] = ['en', 'de', 'fr', 'es'];

describe('choice of language', () => {
  it.each([
    ['an explicit choice over the header', 'fr', 'de', 'fr'],
    ['an explicit choice in capitals', 'FR', undefined, 'fr'],
    ['the header when the choice is not on offer', 'xx', 'de', 'de'],
    ['a regional language by its language', undefined, 'de-AT,en;q=0.5', 'de'],
    ['the highest weight', undefined, 'en;q=0.3, es;q=0.9', 'es'],
    ['the next one when the first is not on offer', undefined, 'pt-BR, pt;q=0.9, fr;q=0.2', 'fr'],
    ['not what the header excludes', undefined, 'en;q=0, *;q=0.5', 'de'],
    ['the first on offer without any wish', undefined, undefined, 'en'],
    ['the first on offer when nothing matches', undefined, 'ja', 'en'],
    ['the first on offer for garbage', undefined, ';;,=,"\\;q=,\u0000', 'en'],
  ])('takes %s', (_what, explicit, header, chosen) => {
    expect(chooseLocale(explicit, header, OFFERED)).toBe(chosen);
  });

  it('takes the first on offer, whichever it is', () => {
    expect(chooseLocale(undefined, 'ja', ['es', 'de'])).toBe('es');
  });

  it('never throws and never leaves the offer', () => {
    const header = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'de-*;q=0.,"\\ \t') }));
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), header, (explicit, acceptLanguage) => {
        expect(OFFERED).toContain(chooseLocale(explicit, acceptLanguage, OFFERED));
      }),
    );
  });
});
