import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newAddress } from './addresses.ts';
import { openBrowser } from './browser.ts';
import { newPerson, type Person, type Steps } from './person.ts';
import { check, isSuppressed, mailWith, mintLink, preferencesOf, receiveReceipt, stack } from './world.ts';

const OUT = 'Done: your opt-out is in force';
const ALL_CHOICES = 'a:text("See and change all my choices")';

let browser: Browser;
let person: Person;

beforeAll(async () => {
  browser = await openBrowser();
});
beforeEach(async () => {
  person = await newPerson(browser);
});
afterAll(async () => await browser?.close());

/** Asks on the page of all choices to allow mails again, and does it behind the mailed link. */
async function allowAgain(address: string): Promise<void> {
  await person.unfold('summary');
  await person.inspect('preferences-unfolded');
  await person.tick('input[value="email:marketing"]');
  await person.press('details button', 'Now look into your mailbox');
  await person.inspect('mail-follows');
  expect(await isSuppressed(address)).toBe(true);
  await person.open(await mailWith(address, 'Step 2 of 2: allow this again'));
  await person.inspect('opt-in-by-mail');
  await person.press('button', 'Done: your opt-out has ended');
  expect(await isSuppressed(address)).toBe(false);
}

// CC-01, GD-01: whoever wants out has no longer way than whoever wants in again from the same place.
describe('opting out takes no more clicks, screens and fields than opting in', () => {
  function expectNoLonger(out: Steps, back: Steps): void {
    const counts = `out ${JSON.stringify(out)}, in ${JSON.stringify(back)}`;
    for (const step of ['clicks', 'screens', 'fields'] as const)
      expect(out[step], counts).toBeLessThanOrEqual(back[step]);
  }

  /** The steps of one way, walked by somebody new. */
  async function stepsOf(way: () => Promise<void>): Promise<Steps> {
    person = await newPerson(browser);
    await way();
    return person.steps;
  }

  test('for somebody without any link: by the form, and by a link that is asked for', async () => {
    const address = newAddress();
    const out = await stepsOf(async () => {
      await person.open(`${stack.publicUrl}/`);
      await person.write('#address', address);
      await person.press('button', OUT);
    });
    const back = await stepsOf(async () => {
      await person.open(`${stack.publicUrl}/preferences`);
      await person.inspect('link-form');
      await person.write('#address', address);
      await person.press('button', 'Now look into your mailbox');
      await person.inspect('link-ordered');
      await person.open(await mailWith(address, 'The link to your choices'));
      await allowAgain(address);
    });
    expect(out).toEqual({ clicks: 1, screens: 1, fields: 1 });
    expectNoLonger(out, back);
  });

  test('for somebody with a link of a mail', async () => {
    const email = newAddress();
    const { url } = await mintLink({ email, locale: 'en' });
    const { undo } = await receiveReceipt(newAddress());
    const out = await stepsOf(async () => {
      await person.open(url);
      await person.press('button', 'Done: you are unsubscribed');
    });
    const back = await stepsOf(async () => {
      await person.open(undo);
      await person.press('button', 'Receive messages again');
      await person.press('button', 'Done: your opt-out has ended');
    });
    expect(out).toEqual({ clicks: 1, screens: 1, fields: 0 });
    expectNoLonger(out, back);
  });

  test('for somebody on the page of all choices, where stopping everything has the focus (CS-05)', async () => {
    const address = newAddress();
    const url = await preferencesOf(address);
    const out = await stepsOf(async () => {
      await person.open(url);
      await person.inspect('preferences');
      expect(await person.page.locator('button[value=everything]:focus').count()).toBe(1);
      await person.press('button[value=everything]', OUT);
    });
    const back = await stepsOf(async () => {
      await person.open(url);
      await allowAgain(address);
    });
    expect(out).toEqual({ clicks: 1, screens: 1, fields: 0 });
    expectNoLonger(out, back);
  });
});

describe('by the keyboard alone, without JavaScript', () => {
  test('one list is stopped, then marketing paused, then everything stopped', async () => {
    const address = newAddress();
    await person.open(await preferencesOf(address));
    await person.press('button[value="email:marketing:weekly-offers"]', OUT);
    expect(await isSuppressed(address, 'email:marketing:weekly-offers')).toBe(true);
    expect(await isSuppressed(address)).toBe(false);
    await person.press(ALL_CHOICES, 'Your choices');
    await person.press('button[value="30"]', /^Done: paused until /, 'Space');
    await person.inspect('paused');
    expect(await check([address])).toMatchObject([{ suppressed: true, until: expect.any(String) }]);
    await person.press(ALL_CHOICES, 'Your choices');
    await person.inspect('preferences-paused');
    await person.press('button[value=everything]', OUT);
    expect(await isSuppressed(address, 'any:sale-share')).toBe(true);
  });

  test('nothing ticked is nothing asked for', async () => {
    const { preferences } = await receiveReceipt(newAddress());
    await person.open(preferences);
    await person.unfold('summary');
    await person.press('details button', 'Your choices are as they were');
  });

  test('a complaint without words comes back with the focus where they are missing, and then arrives', async () => {
    const { page } = person;
    await person.open(`${stack.publicUrl}/complaints`);
    await person.inspect('complaint');
    await person.write('#address', newAddress());
    await person.press('button', 'Complain about how we use your data');
    expect(await page.locator('#text:focus').getAttribute('aria-describedby')).toContain('text-problem');
    expect(await page.locator('#text-problem').isVisible()).toBe(true);
    await person.inspect('complaint-problem');
    await person.write('#text', 'You still write to me.');
    await person.press('button', 'Done: we have your complaint');
    await person.inspect('complained');
  });

  test('data are erased: asked for, mailed, confirmed (CC-21)', async () => {
    const address = newAddress();
    await person.open(`${stack.publicUrl}/erasures`);
    await person.inspect('erasure-form');
    await person.write('#address', address);
    await person.press('button', 'Please look into your mailbox');
    await person.inspect('erasure-asked');
    await person.open(await mailWith(address, 'Please confirm that we should erase your data'));
    await person.inspect('erasure');
    await person.press('button', 'Done: your request is carried out');
    await person.inspect('erased');
  });

  test('what else one may ask for is a link away from every page', async () => {
    for (const [link, headline] of [
      ['My choices', 'Get a link to your choices'],
      ['Erase my data', 'Erase my data'],
      ['Make a complaint', 'Complain about how we use your data'],
      ['Opt out', 'Stop marketing and the sale of my data'],
    ] as const) {
      if (person.page.url() === 'about:blank') await person.open((await mintLink({ email: newAddress() })).url);
      await person.press(`nav a:text-is("${link}")`, headline);
    }
  });
});
