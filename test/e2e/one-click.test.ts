import { describe, expect, test } from 'vitest';
import { settledTable } from '../../infra/local/walk/state.ts';
import { mintLink as mintOfflineLink } from '../../shared/sender/mint-link.ts';
import { newAddress } from './addresses.ts';
import { http, multipart, urlencoded } from './http.ts';
import { heed, isSuppressed, mintLink, stack } from './world.ts';

const BODY = { 'List-Unsubscribe': 'One-Click' };

/** A link as a sender mints it who asks Heed for nothing but its public keys. */
async function mintOffline(email: string): Promise<string> {
  const { body } = await heed('/.well-known/heed-sender-keys.json');
  return await mintOfflineLink({ publicKeys: JSON.parse(body), publicUrl: stack.publicUrl, email });
}

const WAYS_TO_MINT = {
  'asked for': async (email: string) => (await mintLink({ email })).url,
  'minted offline': mintOffline,
};

// RF-02, RF-04: what mailbox providers send, without cookie, origin, referrer or user agent.
describe.each([
  ['urlencoded', urlencoded(BODY)],
  ['multipart', multipart(BODY)],
])('one-click as %s', (_, body) => {
  test.each(Object.entries(WAYS_TO_MINT))(
    'unsubscribes by a link %s with a plain 200, and again',
    async (_way, mint) => {
      const email = newAddress();
      const url = await mint(email);
      for (const attempt of ['first', 'second', 'third']) {
        const { status, headers } = await http(url, { method: 'POST', ...body });
        expect(status, attempt).toBe(200);
        expect(headers).not.toHaveProperty('set-cookie');
        expect(headers).not.toHaveProperty('location');
      }
      expect(await isSuppressed(email)).toBe(true);
    },
  );
});

test('nothing is gained by a broken body: the link itself is the wish', async () => {
  const email = newAddress();
  const { url } = await mintLink({ email });
  const { status } = await http(url, { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' });
  expect(status).toBe(200);
  expect(await isSuppressed(email)).toBe(true);
});

// RF-06: one neutral answer, whatever is wrong; and no write.
test('links that open nothing get the same page and change nothing', async () => {
  const { url } = await mintLink({ email: newAddress() });
  const token = url.slice(`${stack.publicUrl}/u/`.length);
  const before = await settledTable(stack);
  const garbage = [
    'x',
    'eyJhbGciOiJkaXIifQ....',
    `${token.slice(0, -2)}AA`,
    `A${token}`,
    token.replace(/^[^.]+/, 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoibm9uZSJ9'),
    '%00',
    '%F0%9F%98%80',
    'a'.repeat(4000),
  ];
  for (const prefix of ['u', 'c', 'r']) {
    const methods = prefix === 'r' ? ['GET'] : ['GET', 'POST'];
    const answers = [];
    for (const junk of garbage)
      for (const method of methods) answers.push(await heed(`/${prefix}/${junk}`, { method, ...urlencoded(BODY) }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.body).toContain('This link does not work');
  }
  expect(await settledTable(stack)).toEqual(before);
});

test('a receipt link does not unsubscribe, and an unsubscribe link is no receipt', async () => {
  const { url } = await mintLink({ email: newAddress() });
  expect((await http(url.replace('/u/', '/r/'))).status).toBe(404);
  expect((await http(url.replace('/u/', '/c/'))).status).toBe(404);
});
