import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sharedHeaders } from '../../shared/http/headers.ts';
import { pageFrame } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import type { Locale, Look, Settings } from '../../shared/settings.ts';
import { neutralPage } from '../../shared/views/neutral-page.ts';
import { styleSheet } from '../../shared/views/style.ts';
import { testSettings } from '../support/settings.ts';
import { pageErrors } from './validate.ts';

const [shop, blog] = testSettings.sites;
const BLUE: Look = { accent: { light: '#0b3d91', dark: '#9db8ee' }, font: 'serif' };
const settings: Settings = {
  ...testSettings,
  look: { logo: 'example-shop' },
  sites: [shop, { ...blog, look: BLUE }].filter((site) => site !== undefined) as Settings['sites'],
};
const ways = { formUrl: 'https://optout.example/', linkUrl: 'https://optout.example/preferences' };
const pageOf = (site?: Settings['sites'][number]) => neutralPage({ ...pageFrame('en', settings, site), ...ways });
const styleOf = (markup: string) => /<style>(.*)<\/style>/s.exec(markup)?.[1] ?? '';

describe('style sheet', () => {
  it('uses logical properties only, so that it turns round with the language', () => {
    const physical =
      /(?:^|[;{])\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|text-align:\s*(?:left|right))\s*:/m;
    expect(styleSheet().text.replaceAll(/@media \([^)]*\)/g, '')).not.toMatch(physical);
  });

  it('follows the reader’s scheme, prints without buttons, and shows the focus', () => {
    const { text } = styleSheet();
    expect(text).toContain('@media (prefers-color-scheme:dark)');
    expect(text).toMatch(/@media print\{.*nav,\.action,button\{display:none\}/);
    expect(text).toMatch(/:focus-visible\{outline:3px/);
    expect(text).not.toMatch(/url\(|@import|@font-face|expression\(/);
  });

  it('carries the colours and the font of its brand', () => {
    const { text } = styleSheet(BLUE);
    expect(text).toContain('--accent:#0b3d91');
    expect(text).toContain('--accent:#9db8ee');
    expect(text).toContain('--font:ui-serif');
    expect(styleSheet({ accent: { light: '#0b3d91' } }).text).toContain('--accent:#91a8ce');
  });
});

describe('looks of a stage', () => {
  it('stand in its pages: the stage’s own, and a site’s where it differs', () => {
    expect(styleOf(pageOf(settings.sites[1]))).toBe(styleSheet({ ...BLUE, logo: 'example-shop' }).text);
    expect(styleOf(pageOf())).toBe(styleSheet({ logo: 'example-shop' }).text);
  });

  it('are allowed by their hashes in the security header, which lets no other style in', () => {
    const policy = String(sharedHeaders(settings)['content-security-policy']);
    const allowed = /style-src ([^;]*)/.exec(policy)?.[1]?.split(' ');
    const hashes = [pageOf(), ...settings.sites.map((site) => pageOf(site))].map(
      (markup) => `'sha256-${createHash('sha256').update(styleOf(markup)).digest('base64')}'`,
    );
    expect(allowed).toEqual([...new Set(hashes)]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|img-src|script-src/);
  });

  it('show a logo with the brand’s name for those who do not see it', () => {
    const markup = pageOf(shop);
    expect(markup).toMatch(/<header><div role="img" aria-label="Example Shop"><svg [^>]*viewBox/);
    expect(pageErrors(markup)).toEqual([]);
  });
});

describe('a page in a language that is written from right to left', () => {
  it.each(['ar', 'he'])('turns round for %s', (tag) => {
    const strings = Object.assign(stringsFor('en'), { locale: tag as Locale });
    const markup = neutralPage({ ...pageFrame('en', settings), strings, ...ways });
    expect(markup).toContain(`<html lang="${tag}" dir="rtl">`);
    expect(htmlReply(200, markup).headers).toEqual({ 'content-language': tag });
  });
});

it('a page’s language stands in its header', () => {
  const frame = { ...pageFrame('ja', settings), ...ways };
  expect(htmlReply(404, neutralPage(frame)).headers).toEqual({ 'content-language': 'ja' });
  expect(htmlReply(303, '').headers).toBeUndefined();
});
