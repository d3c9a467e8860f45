import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localPath } from '../../infra/local/project.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { newAddress } from './addresses.ts';
import { accessibilityProblems, openBrowser } from './browser.ts';
import { http, type Reply, urlencoded } from './http.ts';
import { check, isSuppressed, mailsTo, mintLink, post, press, receiveReceipt, stack } from './world.ts';

/** The link of a person who got one of a sender's mails. */
async function preferencesOf(email: string): Promise<string> {
  return (await mintLink({ email, locale: 'en' })).url.replace('/u/', '/p/');
}

/** Presses a button of the preference page. */
async function button(url: string, fields: Record<string, string>): Promise<Reply> {
  return await http(url, { method: 'POST', ...urlencoded(fields) });
}

/** The first link of a mail. */
async function mailWith(address: string, subject: string): Promise<string> {
  const mail = await eventually(subject, async () => (await mailsTo(address)).find((one) => one.subject === subject));
  return /https?:\S+/.exec(mail.text)?.[0] ?? '';
}

test('everything stops by one button, at once (CS-05)', async () => {
  const address = newAddress();
  const { status, body } = await button(await preferencesOf(address), { stop: 'everything' });
  expect(status).toBe(200);
  expect(body).toContain('Done: your opt-out is in force');
  expect(await isSuppressed(address)).toBe(true);
  expect(await isSuppressed(address, 'any:sale-share')).toBe(true);
});

test('a pause holds, with its end in the answer to senders', async () => {
  const address = newAddress();
  await button(await preferencesOf(address), { pause: '30' });
  expect(await check([address])).toMatchObject([{ suppressed: true, until: expect.stringMatching(/Z$/) }]);
  expect(await isSuppressed(address, 'any:sale-share')).toBe(false);
});

test('allowing again takes two steps, the second by a mailed link, once (CC-15)', async () => {
  const address = newAddress();
  const { preferences } = await receiveReceipt(address);
  const { body } = await button(preferences, { again: 'email:marketing' });
  expect(body).toContain('Everything is still stopped');
  expect(await isSuppressed(address)).toBe(true);
  const step2 = await mailWith(address, 'Step 2 of 2: allow this again');
  expect(await isSuppressed(address)).toBe(true);
  expect((await press(step2)).body).toContain('Done: your opt-out has ended');
  expect(await isSuppressed(address)).toBe(false);
  expect(await isSuppressed(address, 'sms:marketing')).toBe(true);
  const { status, body: again } = await press(step2);
  expect(status).toBe(404);
  expect(again).toContain('/preferences"');
});

test('whoever has no link gets one by mail, at most one, and the same answer as anybody else (EM-09, EM-10)', async () => {
  const [address, unknown] = [newAddress(), newAddress()];
  await receiveReceipt(address);
  const answers = [];
  for (const asked of [address, unknown, address, '+12025550147'])
    answers.push(await post('/preferences', urlencoded({ address: asked })));
  for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
  const link = await mailWith(address, 'The link to your choices');
  await mailWith(unknown, 'The link to your choices');
  expect((await button(link, { stop: 'sms:marketing' })).status).toBe(200);
  const mails = (await mailsTo(address)).filter(({ subject }) => subject === 'The link to your choices');
  expect(mails).toHaveLength(1);
});

describe('in a browser without JavaScript', () => {
  let browser: Browser;
  let page: Page;
  let inspector: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    const viewport = { width: 390, height: 844 };
    page = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', viewport })).newPage();
    inspector = await (await browser.newContext({ viewport })).newPage();
  });

  afterAll(async () => await browser?.close());

  async function inspect(name: string): Promise<void> {
    await page.screenshot({ path: localPath('screenshots', `${name}.png`), fullPage: true });
    expect(await accessibilityProblems(page, inspector), name).toEqual([]);
    expect(page.url()).not.toContain('canary');
  }

  /** What a person does, and how many pages they see until it holds. */
  function counted() {
    const steps = { clicks: 0, screens: 0, fields: 0 };
    return {
      steps,
      open: async (url: string) => {
        steps.screens += 1;
        await page.goto(url);
      },
      click: async (selector: string) => {
        steps.clicks += 1;
        await page.locator(selector).first().click();
      },
      tick: async (selector: string) => {
        steps.fields += 1;
        await page.locator(selector).check();
      },
    };
  }

  test('opting out takes no more clicks, screens and fields than opting in (CC-01, GD-01)', async () => {
    const address = newAddress();
    const preferences = await preferencesOf(address);
    const out = counted();
    await out.open(preferences);
    await inspect('preferences');
    await out.click('button:focus');
    await page.getByText('Done: your opt-out is in force').waitFor();
    expect(await isSuppressed(address, 'email:marketing')).toBe(true);

    const back = counted();
    await back.open(preferences);
    await back.click('summary');
    await inspect('preferences-stopped');
    await back.tick('input[value="email:marketing"]');
    await back.click('details button');
    await page.getByText('Everything is still stopped').waitFor();
    back.steps.screens += 1;
    await inspect('mail-follows');
    await back.open(await mailWith(address, 'Step 2 of 2: allow this again'));
    await inspect('opt-in-by-mail');
    await back.click('button');
    await page.getByText('Done: your opt-out has ended').waitFor();
    expect(await isSuppressed(address, 'email:marketing')).toBe(false);

    expect(out.steps).toEqual({ clicks: 1, screens: 1, fields: 0 });
    for (const step of ['clicks', 'screens', 'fields'] as const)
      expect(out.steps[step], step).toBeLessThanOrEqual(back.steps[step]);
  });

  test('one thing is stopped, marketing paused, and a link asked for', async () => {
    const address = newAddress();
    await page.goto(await preferencesOf(address));
    await page.locator('button[value="email:marketing:weekly-offers"]').click();
    await page.getByText('See and change all my choices').click();
    await page.locator('button[value="30"]').click();
    await inspect('paused');
    await page.getByText('See and change all my choices').click();
    await inspect('preferences-paused');
    await page.goto(`${stack.publicUrl}/preferences`);
    await inspect('link-form');
    await page.locator('#address').fill(address);
    await page.locator('#address').press('Enter');
    await page.getByText('a link is on its way').waitFor();
    await inspect('link-ordered');
  });
});
