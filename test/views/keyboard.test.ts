import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../e2e/browser.ts';
import { samplePages } from './sample-pages.ts';
import { SCREENS } from './screens.ts';

/** Where the focus is; undefined at the ends of the page. */
interface Stop {
  name: string;
  /** Place among all controls in reading order. */
  place: number;
  ring: string;
  isSeen: boolean;
}

// A choice shows the ring round its whole line. Enough of it to be recognised is in view, and nothing covers that (WCAG 2.4.11).
const STOP = `new Promise(requestAnimationFrame).then(() => {
  const control = document.activeElement;
  if (control === null || control === document.body) return undefined;
  const shown = control.closest('label') ?? control;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const [upper, lower] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const above = document.elementFromPoint((left + right) / 2, (upper + lower) / 2);
  return {
    name: control.outerHTML.slice(0, 80),
    place: [...document.querySelectorAll('a, button, input, textarea, summary')].indexOf(control),
    ring: outlineStyle + ' ' + outlineWidth,
    isSeen: lower - upper >= 40 && above !== null && (shown.contains(above) || above.contains(shown)),
  };
})`;

// All that acts: of radio buttons the one that is chosen.
const REACHABLE = `[...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, summary')]
  .filter((control) => control.checkVisibility() && !control.disabled && control.tabIndex >= 0 && !(control.type === 'radio' && !control.checked)).length`;

let browser: Browser;
let page: Page | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => await browser?.close());

/** A new page each time: only the first document takes an autofocus. */
async function show(markup: string): Promise<void> {
  await page?.close();
  page = await browser.newPage({ viewport: SCREENS.phone });
  await page.setContent(markup);
}

/** All stops of the Tab key, from the one that has the focus when the page comes. */
async function readStops(): Promise<Stop[]> {
  const stops = [];
  let stop = (await currentStop()) ?? (await nextStop());
  while (stop !== undefined) {
    stops.push(stop);
    stop = await nextStop();
  }
  return stops;
}

async function currentStop(): Promise<Stop | undefined> {
  return await page?.evaluate<Stop | undefined>(STOP);
}

async function nextStop(): Promise<Stop | undefined> {
  await page?.keyboard.press('Tab');
  return await currentStop();
}

describe('by the keyboard', () => {
  it.each(Object.entries(samplePages('de')))('%s is read in order, and the focus is seen', async (_name, markup) => {
    await show(markup);
    const stops = await readStops();
    const places = stops.map(({ place }) => place);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(stops.filter(({ ring }) => ring !== 'solid 3px')).toEqual([]);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    // A field with a problem has the focus at once: what stands before it is a step back.
    if (!markup.includes(' autofocus')) expect(stops).toHaveLength((await page?.evaluate<number>(REACHABLE)) ?? 0);
  });

  const urgent = Object.entries(samplePages('en')).filter(([, markup]) => markup.includes(' autofocus'));

  it.each(urgent)(
    '%s has the focus where one begins: stopping everything (CS-05), or what is wrong',
    async (name, markup) => {
      await show(markup);
      const first = name.startsWith('preferences')
        ? 'button[value=everything]'
        : '[aria-invalid][aria-describedby*=problem]';
      expect(await page?.locator(`${first}:focus`).count()).toBe(1);
    },
  );
});
