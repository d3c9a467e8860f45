import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../e2e/browser.ts';
import { samplePages } from './sample-pages.ts';
import { SCREENS } from './screens.ts';

const pages = samplePages('de');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: SCREENS.phone })).newPage();
});
afterAll(async () => await browser?.close());

/** Names of the pages of which something is true; `question` is asked in the page. */
async function pagesWhere(question: string): Promise<string[]> {
  const found = [];
  for (const [name, markup] of Object.entries(pages)) {
    await page.setContent(markup);
    if (await page.evaluate<boolean>(question)) found.push(name);
  }
  return found;
}

describe('with the system’s own high contrast (forced colours)', () => {
  beforeAll(async () => await page.emulateMedia({ forcedColors: 'active' }));
  afterAll(async () => await page.emulateMedia({ forcedColors: null }));

  it('every button, field and choice has an edge that is seen on its ground', async () => {
    const isEdgeless = `[...document.querySelectorAll('button, a.action, input[type=text], textarea, .choice')]
      .filter((control) => !control.closest('.trap'))
      .some((control) => {
        const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(control);
        const ground = getComputedStyle(document.body).backgroundColor;
        return parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none' || borderTopColor === ground;
      })`;
    expect(await pagesWhere(isEdgeless)).toEqual([]);
  });

  it('the chosen line and the focus stand out', async () => {
    await page.setContent(String(pages.form));
    await page.keyboard.press('Tab');
    const styleOf = async (selector: string, property: string) =>
      await page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    const chosen = await styleOf('.choice:has(:checked)', 'borderTopColor');
    expect(chosen).not.toBe(await styleOf('.choice:not(:has(:checked))', 'borderTopColor'));
    expect(await styleOf('#address:focus', 'outlineStyle')).toBe('solid');
  });
});

it('nothing moves, whatever motion the reader allows (WCAG 2.3.3)', async () => {
  const isMoving = `[...document.querySelectorAll('*')].some((element) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
    return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto';
  })`;
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    await page.emulateMedia({ reducedMotion });
    expect(await pagesWhere(isMoving), reducedMotion).toEqual([]);
  }
});

describe('on paper', () => {
  beforeAll(async () => await page.emulateMedia({ media: 'print', colorScheme: 'dark' }));

  it.each(['receipt', 'receipt-lifted', 'opted-out', 'complained'])('%s is one sheet', async (name) => {
    await page.setContent(String(pages[name]));
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
  });

  it('no page prints what can only be pressed', async () => {
    const prints = `[...document.querySelectorAll('button, a.action, nav, .screen')].some((one) => one.checkVisibility())`;
    expect(await pagesWhere(prints)).toEqual([]);
  });

  it('every page prints dark on white, also from a dark screen', async () => {
    const isDark = `getComputedStyle(document.body).color !== 'rgb(0, 0, 0)' || getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`;
    expect(await pagesWhere(isDark)).toEqual([]);
  });

  it('who is responsible stands on the sheet (CS-06)', async () => {
    expect(await pagesWhere(`!document.querySelector('footer address').checkVisibility()`)).toEqual([]);
  });
});
