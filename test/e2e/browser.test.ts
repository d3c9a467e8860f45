import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { localPath } from '../../infra/local/project.ts';
import { settledTable } from '../../infra/local/walk/state.ts';
import { newAddress } from './addresses.ts';
import { accessibilityProblems, openBrowser } from './browser.ts';
import { isSuppressed, listBucket, mintLink, receiveReceipt, stack } from './world.ts';

let browser: Browser;
let person: BrowserContext;
let page: Page;
let inspector: Page;

beforeAll(async () => {
  browser = await openBrowser();
  person = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
  });
  page = await person.newPage();
  inspector = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
});

afterAll(async () => await browser?.close());

/** A page must be usable by everybody, and somebody may look at it later. */
async function inspect(name: string): Promise<void> {
  await page.screenshot({ path: localPath('screenshots', `${name}.png`), fullPage: true });
  expect(await accessibilityProblems(page, inspector), name).toEqual([]);
  expect(page.url()).not.toContain('canary');
}

/** Goes to a control by the keyboard alone. */
async function tabTo(selector: string): Promise<void> {
  for (let step = 0; step < 15; step++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${selector}:focus`).count()) === 1) return;
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

async function heading(): Promise<string> {
  return ((await page.locator('h1').textContent()) ?? '').trim();
}

describe('without JavaScript and without a mouse', () => {
  test('a person opts out and opens the receipt', async () => {
    const address = newAddress();
    await page.goto(`${stack.publicUrl}/`);
    await inspect('form');
    await tabTo('#address');
    await page.keyboard.type(address);
    await tabTo('button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/opt-outs');
    expect(await heading()).toBe('Done: your opt-out is in force');
    await inspect('opted-out');
    await tabTo('a.action');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/r/**');
    expect(await heading()).toBe('Receipt of your opt-out');
    await inspect('receipt');
    expect(await isSuppressed(address)).toBe(true);
  });

  test('a typing mistake comes back, is corrected, and then holds', async () => {
    const address = newAddress();
    await page.goto(`${stack.publicUrl}/`);
    await tabTo('#address');
    await page.keyboard.type(address.replace('@', '@@ '));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/opt-outs');
    expect(await page.locator('#address').inputValue()).toBe(address.replace('@', '@@ '));
    expect(await page.locator('#address-problem').isVisible()).toBe(true);
    await inspect('form-problem');
    await page.locator('#address').fill(address);
    await page.locator('#address').press('Enter');
    await page.getByText('Done: your opt-out is in force').waitFor();
    expect(await isSuppressed(address)).toBe(true);
  });

  test('a reader unsubscribes from the page of a link', async () => {
    const email = newAddress();
    await page.goto((await mintLink({ email, list: 'weekly-offers' })).url);
    await inspect('unsubscribe');
    await tabTo('button');
    await page.keyboard.press('Enter');
    await page.getByText('Done: you are unsubscribed').waitFor();
    await inspect('unsubscribed');
    expect(await isSuppressed(email, 'email:marketing:weekly-offers')).toBe(true);
  });

  test('a customer confirms the mailbox, then undoes the opt-out in two steps', async () => {
    const email = newAddress();
    const { confirm, undo, receipt } = await receiveReceipt(email);
    const pressButton = async () => {
      await tabTo('button');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    };
    await page.goto(confirm);
    await inspect('confirm');
    await pressButton();
    await inspect('confirmed');
    await page.goto(undo);
    await inspect('undo-step-1');
    await pressButton();
    await inspect('undo-step-2');
    expect(await isSuppressed(email)).toBe(true);
    await pressButton();
    await inspect('opted-in');
    expect(await isSuppressed(email)).toBe(false);
    await page.goto(receipt);
    await inspect('receipt-ended');
    await page.goto(confirm);
    await inspect('neutral');
  });

  test('a shopper uses the form in the demo shop and comes back to it', async () => {
    const address = newAddress();
    await page.goto(`${stack.siteUrl}/shop`);
    await tabTo('#address');
    await page.keyboard.type(address);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/thank-you');
    await page.screenshot({ path: localPath('screenshots', 'thank-you.png') });
    expect(await isSuppressed(address)).toBe(true);
  });
});

test('the form of a configured site may lead to its thank-you page', async () => {
  await page.goto(`${stack.publicUrl}/?site=demo`);
  await page.locator('#address').fill(newAddress());
  await page.locator('#address').press('Enter');
  await page.waitForURL('**/thank-you');
});

// EM-05: scanners that run scripts open links just so.
test('a browser that runs scripts opens every link and changes nothing', async () => {
  const { confirm, undo, receipt } = await receiveReceipt(newAddress());
  const { url } = await mintLink({ email: newAddress() });
  const state = async () => [await settledTable(stack), await listBucket(), await readMailbox(stack.endpoint)];
  const before = await state();
  for (const link of [confirm, undo, receipt, url]) {
    await inspector.goto(link, { waitUntil: 'networkidle' });
    expect(await inspector.locator('script').count()).toBe(0);
  }
  expect(await state()).toEqual(before);
});
