import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { styleSheet } from '../../shared/views/style.ts';
import { FRIENDLY, LINKS, type SampleData, samplePages } from './sample-pages.ts';
import { pageErrors } from './validate.ts';

const ATTACK = `"><script>alert(1)</script><img src=x onerror='alert(2)'>{time}&amp;`;
const HOSTILE: SampleData = {
  brand: ATTACK,
  controller: ATTACK,
  postalAddress: [ATTACK],
  typed: ATTACK,
  maskedAddress: ATTACK,
  list: ATTACK,
};

const pages = LOCALES.flatMap((locale) =>
  Object.entries(samplePages(locale)).map(([name, markup]) => ({ name, locale, markup })),
);
// Where a text goes does not depend on the language.
const hostilePages = (['en', 'ja'] as const).flatMap((locale) =>
  Object.entries(samplePages(locale, HOSTILE)).map(([name, markup]) => ({ name, locale, markup })),
);

const RIGHTS = ['/', '/preferences', '/erasures', '/complaints', '/agents', '/privacy'];

function rightsOf(locale: Locale): string {
  return /<nav class="rights"[^>]*>(.*?)<\/nav>/s.exec(String(samplePages(locale).form))?.[1] ?? '';
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe.each(pages)('page $name in $locale', ({ locale, markup }) => {
  it('is valid markup', () => {
    expect(pageErrors(markup)).toEqual([]);
  });

  it('names its language, and has one headline and one main part', () => {
    expect(markup).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(count(markup, /<h1[ >]/g)).toBe(1);
    expect(count(markup, /<main>/g)).toBe(1);
  });

  it('carries no script and nothing from elsewhere', () => {
    const known = Object.values(LINKS).reduce((text, link) => text.replaceAll(`"${link}"`, '""'), markup);
    expect(known).not.toMatch(/https?:|<script|<link|<img|<iframe|url\(|@import|\son\w+=|\sstyle=/i);
  });

  it('says nothing to search engines and to the next page', () => {
    expect(markup).toContain('<meta name="robots" content="noindex">');
    expect(markup).toContain('<meta name="referrer" content="no-referrer">');
  });

  it('stays under 20 kB', () => {
    expect(Buffer.byteLength(markup)).toBeLessThan(20_000);
  });

  it('fills every placeholder', () => {
    expect(markup.replace(/<style>.*<\/style>/s, '')).not.toMatch(/[{}]|undefined|\[object|\bnull\b|NaN/);
  });

  it("shows the controller's name and postal address", () => {
    for (const line of FRIENDLY.postalAddress) expect(markup).toContain(line);
    expect(markup).toContain('Meadow &amp; Pine Trading Ltd');
  });

  it('leads to what else one may ask for, below all else and in the same words on each page (WCAG 3.2.6)', () => {
    const [, footer = ''] = markup.split('</main>');
    const [, rights = ''] = /<nav class="rights"[^>]*>(.*?)<\/nav>/s.exec(footer) ?? [];
    const targets = [...rights.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    expect(targets).toEqual(RIGHTS.map((path) => `${path}?lang=${locale}`));
    expect(rights).toBe(rightsOf(locale));
  });

  it('holds exactly the style sheet that the security header allows', () => {
    const style = /<style>(.*)<\/style>/s.exec(markup)?.[1] ?? '';
    expect(`sha256-${createHash('sha256').update(style).digest('base64')}`).toBe(styleSheet().hash);
  });
});

// All choices of a person stand on one page; see preferences-page.test.ts.
describe.each(pages.filter(({ name }) => !name.startsWith('preferences-')))('page $name in $locale', ({ markup }) => {
  it('has at most one form, with one button', () => {
    const forms = count(markup, /<form[ >]/g);
    expect(forms).toBeLessThanOrEqual(1);
    expect(count(markup, /<button[ >]|type="(submit|image|button)"(?=[^>]*>)(?<!<button type="submit")/g)).toBe(forms);
  });
});

describe.each(hostilePages)('page $name in $locale with hostile data', ({ markup }) => {
  it('shows it as text only', () => {
    expect(markup).toContain('&quot;&gt;&lt;script&gt;alert(1)');
    expect(markup).not.toMatch(/<script|<img|"><s/i);
    expect(markup).toContain('{time}&amp;amp;');
    expect(pageErrors(markup)).toEqual([]);
  });
});
