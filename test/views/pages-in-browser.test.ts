import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { accessibilityProblems, openBrowser } from '../e2e/browser.ts';
import { sampleMail, samplePages } from './sample-pages.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
});
afterAll(async () => await browser?.close());

/** What does not fit, or is too small to hit: one line each. Runs in the page. */
const MISFITS = `(() => {
  const found = [];
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > 320) found.push('scrolls sideways: ' + scrollWidth + ' px');
  for (const target of document.querySelectorAll('a, button, summary, input:not([type=hidden])')) {
    if (target.closest('[aria-hidden]')) continue;
    const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
    if (width > 0 && (width < 24 || height < 44)) found.push(target.outerHTML.slice(0, 60) + ' ' + width + '×' + height);
  }
  return found;
})()`;

async function misfits(markup: string): Promise<string[]> {
  await page.setContent(markup);
  return await page.evaluate<string[]>(MISFITS);
}

// The fullest pages in each language, and all of them in one whose words are long.
const fullest = (locale: Locale) =>
  Object.entries({ ...samplePages(locale), mail: sampleMail(locale).html }).filter(
    ([name]) => locale === 'de' || ['form-problem', 'receipt', 'undo', 'mail'].includes(name),
  );

describe.each(LOCALES)('on a screen of 320 px in %s', (locale) => {
  it.each(fullest(locale))('%s fits, and its targets are easy to hit (WC-02)', async (_name, markup) => {
    expect(await misfits(markup)).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  it.each(fullest('en'))('axe finds nothing on %s (WC-01)', async (name, markup) => {
    const context = await browser.newContext({ colorScheme });
    const shown = await context.newPage();
    await shown.setContent(markup);
    // A mail stands inside a mail program's page, whose landmarks are not ours.
    const ours = (await accessibilityProblems(shown, shown)).filter(
      (problem) => name !== 'mail' || !/^(?:landmark|region)/.test(problem),
    );
    expect(ours).toEqual([]);
    await context.close();
  });
});

it.each(['ar', 'he'])('a form that turns round for %s fits as well', async (tag) => {
  const markup = String(samplePages('en').form);
  expect(await misfits(markup.replace('lang="en" dir="ltr"', `lang="${tag}" dir="rtl"`))).toEqual([]);
});
