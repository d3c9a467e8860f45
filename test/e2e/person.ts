import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { localPath } from '../../infra/local/project.ts';
import { MARKER } from './addresses.ts';
import { accessibilityProblems } from './browser.ts';

/** What a way takes; a screen counts when something has to be done on it (CC-01). */
export interface Steps {
  clicks: number;
  screens: number;
  fields: number;
}

/** Somebody who has neither JavaScript nor a mouse, and a phone's screen. */
export interface Person {
  page: Page;
  steps: Steps;
  open: (url: string) => Promise<void>;
  /** Goes to a field and writes into it. */
  write: (selector: string, text: string) => Promise<void>;
  tick: (selector: string) => Promise<void>;
  /** Opens what is folded up. */
  unfold: (selector: string) => Promise<void>;
  /** Presses a button or follows a link, and finds the next page's headline. */
  press: (selector: string, headline: string | RegExp, key?: 'Enter' | 'Space') => Promise<void>;
  /** A page must be usable by everybody, and somebody may look at it later. */
  inspect: (name: string) => Promise<void>;
}

const VIEWPORT = { width: 390, height: 844 };
const MOST_STOPS = 30;

export async function newPerson(browser: Browser): Promise<Person> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', viewport: VIEWPORT });
  const page = await context.newPage();
  const { steps, act, turnPage } = counter();
  return {
    page,
    steps,
    open: async (url) => {
      await page.goto(url);
      turnPage();
    },
    write: async (selector, text) => {
      await tabTo(page, selector);
      await page.keyboard.type(text);
      act('fields');
    },
    tick: async (selector) => {
      await tabTo(page, selector);
      await page.keyboard.press('Space');
      act('fields');
    },
    unfold: async (selector) => {
      await tabTo(page, selector);
      await page.keyboard.press('Enter');
      act('clicks');
    },
    press: async (selector, headline, key = 'Enter') => {
      await tabTo(page, selector);
      act('clicks');
      await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
      expect(((await page.locator('h1').textContent()) ?? '').trim()).toMatch(headline);
      turnPage();
    },
    inspect: async (name) => await inspect(browser, page, name),
  };
}

function counter() {
  const steps: Steps = { clicks: 0, screens: 0, fields: 0 };
  let isFresh = true;
  const act = (what: 'clicks' | 'fields') => {
    steps[what] += 1;
    steps.screens += isFresh ? 1 : 0;
    isFresh = false;
  };
  const turnPage = () => {
    isFresh = true;
  };
  return { steps, act, turnPage };
}

/** Goes to a control by the keyboard alone; nowhere if it has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if ((await page.locator(`${selector}:focus`).count()) === 1) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

const inspectors = new WeakMap<Browser, Promise<Page>>();

/** A page with scripts, in which axe stays for all that people look at. */
async function inspectorOf(browser: Browser): Promise<Page> {
  const inspector = inspectors.get(browser) ?? browser.newPage({ viewport: VIEWPORT });
  inspectors.set(browser, inspector);
  return await inspector;
}

async function inspect(browser: Browser, page: Page, name: string): Promise<void> {
  await page.screenshot({ path: localPath('screenshots', `${name}.png`), fullPage: true });
  expect(await accessibilityProblems(page, await inspectorOf(browser)), name).toEqual([]);
  expect(page.url()).not.toContain(MARKER);
}
