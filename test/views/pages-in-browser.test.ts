import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOCALES } from '../../shared/settings.ts';
import { axeFindings, openBrowser } from '../e2e/browser.ts';
import { samplePages } from './sample-pages.ts';
import { SCHEMES, SCREENS, type Scheme, type Screen } from './screens.ts';
import { shown } from './shown.ts';

const MISFITS = readFileSync(join(import.meta.dirname, 'misfits.js'), 'utf8');

// Long words, and another script.
const LANGUAGES = ['en', 'de', 'ja'] as const;

const SCREEN_NAMES = Object.keys(SCREENS) as Screen[];

// Structure is the same on each screen of a language: there, what depends on the look is enough.
const LOOKS = LANGUAGES.flatMap((locale) =>
  SCREEN_NAMES.flatMap((screen) =>
    SCHEMES.map((scheme) => {
      const rules = screen === 'phone' && scheme === 'light' ? 'all' : 'looks';
      return [locale, screen, scheme, rules] as const;
    }),
  ),
);

// Each test looks at all pages.
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: SCREENS.desktop })).newPage();
});
afterAll(async () => await browser?.close());

type Look = () => Promise<string[]>;

/** What is wrong with pages, with their names in front. One page serves all, since a new one costs more than all that is done in it. */
async function problemsOf(pages: [name: string, markup: string][], look: Look): Promise<string[]> {
  const found = [];
  for (const [name, markup] of pages) {
    await page.setContent(markup);
    // A mail stands inside a mail program's page, whose landmarks are not ours.
    const ours = (problem: string) => !name.startsWith('mail-') || !/^(?:landmark|region|page-has)/.test(problem);
    found.push(...(await look()).filter(ours).map((problem) => `${name}: ${problem}`));
  }
  return found;
}

const misfits: Look = async () => await page.evaluate<string[]>(MISFITS);

async function show(screen: Screen, colorScheme: Scheme): Promise<void> {
  await page.setViewportSize(SCREENS[screen]);
  await page.emulateMedia({ colorScheme });
}

it.each(LOOKS)(
  'axe passes every page and mail in %s on a %s, %s, by %s rules (WCAG 2.2 A and AA, WC-01)',
  async (...look) => {
    const [locale, screen, scheme, rules] = look;
    await show(screen, scheme);
    expect(await problemsOf(shown(locale), () => axeFindings(page, rules))).toEqual([]);
  },
);

describe.each(LANGUAGES)('every page and mail in %s', (locale) => {
  it.each(SCREEN_NAMES)('fits on a %s, and so does text of double size (WCAG 1.4.4, WC-02)', async (screen) => {
    await show(screen, 'light');
    const look: Look = async () => {
      const found = await misfits();
      await page.addStyleTag({ content: ':root{font-size:200%}' });
      return [...found, ...(await misfits()).map((problem) => `in double size, ${problem}`)];
    };
    expect(await problemsOf(shown(locale), look)).toEqual([]);
  });
});

// 1280 px at 400 % (WCAG 1.4.10).
describe('on a screen of 320 px', () => {
  beforeAll(async () => await page.setViewportSize({ width: 320, height: 256 }));

  it.each(LOCALES)('every page and mail in %s fits, and its targets are easy to hit', async (locale) => {
    expect(await problemsOf(shown(locale), misfits)).toEqual([]);
  });

  it.each(['ar', 'he'])('every page that turns round for %s fits as well', async (tag) => {
    const turned = (markup: string) => markup.replace('lang="en" dir="ltr"', `lang="${tag}" dir="rtl"`);
    const pages = Object.entries(samplePages('en')).map(([name, markup]): [string, string] => [name, turned(markup)]);
    expect(await problemsOf(pages, misfits)).toEqual([]);
  });
});

describe('the search for what does not fit', () => {
  const body = (content: string) => `<!doctype html><html lang="en"><body><main>${content}</main>`;

  it.each([
    ['<div style="width:900px">wide</div>', /^scrolls sideways: \d+ px on 390 px$/],
    ['<button style="height:20px">low</button>', /^a target of .*low/],
    ['<p>one</p><p style="margin-top:-2.2em">two two</p>', /^<p>one<\/p> and .* overlap$/],
    ['<p style="width:60px;overflow:hidden;white-space:nowrap">a long line of text</p>', /^cut: /],
    [
      '<button style="width:60px;height:50px;white-space:nowrap">a long line of text</button>',
      /^text out of its box: /,
    ],
  ])('finds %s', async (content, fault) => {
    await show('phone', 'light');
    await page.setContent(body(content));
    expect(await misfits()).toContainEqual(expect.stringMatching(fault));
  });

  it('finds nothing in plain text', async () => {
    await page.setContent(body('<p>one</p><p>two</p>'));
    expect(await misfits()).toEqual([]);
  });
});
