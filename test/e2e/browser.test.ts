import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { localPath } from '../../infra/local/project.ts';
import { settledTable } from '../../infra/local/walk/state.ts';
import { newAddress } from './addresses.ts';
import { openBrowser } from './browser.ts';
import { newPerson, type Person } from './person.ts';
import { isSuppressed, listBucket, mintLink, receiveReceipt, stack } from './world.ts';

let browser: Browser;
let person: Person;

beforeAll(async () => {
  browser = await openBrowser();
  person = await newPerson(browser);
});

afterAll(async () => await browser?.close());

describe('without JavaScript and without a mouse', () => {
  test('a person opts out and opens the receipt', async () => {
    const address = newAddress();
    await person.open(`${stack.publicUrl}/`);
    await person.inspect('form');
    await person.write('#address', address);
    await person.press('button', 'Done: your opt-out is in force');
    await person.inspect('opted-out');
    await person.press('a.action', 'Receipt of your opt-out');
    await person.inspect('receipt');
    expect(await isSuppressed(address)).toBe(true);
  });

  test('a typing mistake comes back with the focus on it, is corrected, and then holds', async () => {
    const address = newAddress();
    const { page } = person;
    await person.open(`${stack.publicUrl}/`);
    await person.write('#address', address.replace('@', '@@ '));
    await person.press('#address', 'Stop marketing and the sale of my data');
    expect(await page.locator('#address:focus').inputValue()).toBe(address.replace('@', '@@ '));
    expect(await page.locator('#address').getAttribute('aria-describedby')).toContain('address-problem');
    expect(await page.locator('#address-problem').isVisible()).toBe(true);
    expect(await page.locator('[role=alert]').isVisible()).toBe(true);
    await person.inspect('form-problem');
    await page.keyboard.press('Control+A');
    await person.write('#address', address);
    await person.press('#address', 'Done: your opt-out is in force');
    expect(await isSuppressed(address)).toBe(true);
  });

  test('a reader unsubscribes from the page of a link', async () => {
    const email = newAddress();
    await person.open((await mintLink({ email, list: 'weekly-offers' })).url);
    await person.inspect('unsubscribe');
    await person.press('button', 'Done: you are unsubscribed', 'Space');
    await person.inspect('unsubscribed');
    expect(await isSuppressed(email, 'email:marketing:weekly-offers')).toBe(true);
  });

  test('a customer confirms the mailbox, then undoes the opt-out in two steps', async () => {
    const email = newAddress();
    const { confirm, undo, receipt } = await receiveReceipt(email);
    await person.open(confirm);
    await person.inspect('confirm');
    await person.press('button', 'Done: your mailbox is confirmed');
    await person.inspect('confirmed');
    await person.open(undo);
    await person.inspect('undo-step-1');
    await person.press('button', 'Receive messages again');
    await person.inspect('undo-step-2');
    expect(await isSuppressed(email)).toBe(true);
    await person.press('button', 'Done: your opt-out has ended');
    await person.inspect('opted-in');
    expect(await isSuppressed(email)).toBe(false);
    await person.open(receipt);
    await person.inspect('receipt-ended');
    await person.open(confirm);
    await person.inspect('neutral');
  });

  test('a shopper uses the form in the demo shop and comes back to it', async () => {
    const address = newAddress();
    await person.open(`${stack.siteUrl}/shop`);
    await person.write('#address', address);
    await person.press('#address', 'Thank you');
    expect(person.page.url()).toBe(`${stack.siteUrl}/thank-you`);
    await person.page.screenshot({ path: localPath('screenshots', 'thank-you.png') });
    expect(await isSuppressed(address)).toBe(true);
  });

  test('the form of a configured site may lead to its thank-you page', async () => {
    await person.open(`${stack.publicUrl}/?site=demo`);
    await person.write('#address', newAddress());
    await person.press('#address', 'Thank you');
  });
});

// EM-05: scanners that run scripts open links just so.
test('a browser that runs scripts opens every link and changes nothing', async () => {
  const scanner = await (await browser.newContext()).newPage();
  const { confirm, undo, receipt } = await receiveReceipt(newAddress());
  const { url } = await mintLink({ email: newAddress() });
  const state = async () => [await settledTable(stack), await listBucket(), await readMailbox(stack.endpoint)];
  const before = await state();
  for (const link of [confirm, undo, receipt, url]) {
    await scanner.goto(link, { waitUntil: 'networkidle' });
    expect(await scanner.locator('script').count()).toBe(0);
  }
  expect(await state()).toEqual(before);
});
