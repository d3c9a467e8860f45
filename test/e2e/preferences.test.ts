import { expect, test } from 'vitest';
import { newAddress } from './addresses.ts';
import { http, type Reply, urlencoded } from './http.ts';
import { check, isSuppressed, mailsTo, mailWith, post, preferencesOf, press, receiveReceipt } from './world.ts';

/** Presses a button of the preference page. */
async function button(url: string, fields: Record<string, string>): Promise<Reply> {
  return await http(url, { method: 'POST', ...urlencoded(fields) });
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
