import { describe, expect, test } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { RESOURCE_SERVER } from '../../shared/names.ts';
import { newAddress } from './addresses.ts';
import { http, json } from './http.ts';
import { schemaOf } from './openapi-document.ts';
import { authorization, check, isSuppressed, mintLink, optOut, post, stack } from './world.ts';

const QUESTIONS = [
  ['/v1/checks', 'links:write', { scope: 'email:marketing', addresses: ['canary-nobody@example.com'] }],
  ['/v1/links', 'checks:read', { email: 'canary-nobody@example.com' }],
] as const;

describe.each(QUESTIONS)('%s', (path, otherScope, body) => {
  test('is closed without a token', async () => {
    const tokens = ['', 'Bearer x', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic dGVzdDp0ZXN0'];
    for (const authorization of tokens) {
      expect((await post(path, json(body, authorization === '' ? {} : { authorization }))).status).toBe(401);
    }
  });

  test('is closed with a token for something else', async () => {
    const token = await fetchToken(stack, [`${RESOURCE_SERVER}/${otherScope}`]);
    expect((await post(path, json(body, { authorization: `Bearer ${token}` }))).status).toBe(403);
  });

  test('answers as published', async () => {
    const { status, body: text } = await post(path, json(body, await authorization()));
    expect(status).toBe(200);
    const schema = await schemaOf(path === '/v1/checks' ? 'CheckAnswer' : 'LinkAnswer');
    expect(schema.safeParse(JSON.parse(text)).error).toBeUndefined();
  });
});

describe('a check', () => {
  test('answers for 1,000 addresses in the order asked', async () => {
    const stopped = newAddress();
    await optOut({ email: stopped });
    const asked = Array.from({ length: 1000 }, (_, index) => (index === 700 ? stopped : `${index}.${stopped}`));
    const results = await check(asked);
    expect(results.map(({ address }) => address)).toEqual(asked);
    expect(results.filter(({ suppressed }) => suppressed)).toEqual([
      {
        ...{ address: stopped, suppressed: true, scope: 'any:marketing', since: expect.any(String) },
        doNotAskBefore: expect.any(String),
      },
    ]);
  });

  test.each([0, 1001])('about %d addresses is refused', async (count) => {
    const addresses = Array.from({ length: count }, (_, index) => `canary-${index}@example.com`);
    const { status, body } = await post(
      '/v1/checks',
      json({ scope: 'email:marketing', addresses }, await authorization()),
    );
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ field: 'addresses', treatAs: 'suppressed' });
  });

  test('says "do not send" about what is no address', async () => {
    const [result] = await check(['canary']);
    expect(result).toMatchObject({ suppressed: true, problem: expect.any(String) });
  });
});

describe('a link', () => {
  // RF-01, RF-07: these exact values.
  test('comes with the headers of RFC 8058', async () => {
    const { url, headers } = await mintLink({ email: newAddress() });
    expect(url.startsWith(`${stack.publicUrl}/u/`)).toBe(true);
    expect(headers).toEqual({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
  });

  test('opens a page in the language that it was made for, and its button works', async () => {
    const email = newAddress();
    const { url } = await mintLink({ email, list: 'weekly', campaign: 'c1', locale: 'de' });
    const page = await http(url);
    expect(page.body).toContain('<html lang="de" dir="ltr">');
    expect(page.body).not.toContain(email);
    expect(await isSuppressed(email, 'email:marketing:weekly')).toBe(false);
    expect((await http(url, { method: 'POST' })).status).toBe(200);
    expect(await isSuppressed(email, 'email:marketing:weekly')).toBe(true);
    expect(await isSuppressed(email, 'email:marketing:daily')).toBe(false);
  });

  test('comes for many addresses in one call, as published, and each opens', async () => {
    const emails = [newAddress(), 'canary', newAddress()];
    const { status, body } = await post('/v1/links', json({ emails, list: 'weekly' }, await authorization()));
    expect(status).toBe(200);
    const answer = JSON.parse(body);
    expect((await schemaOf('LinksAnswer')).safeParse(answer).error).toBeUndefined();
    const [first, broken, last] = answer.links;
    expect(broken).toEqual({ problem: 'email.syntax' });
    for (const { url } of [first, last]) expect((await http(url)).status).toBe(200);
    expect(first.footer.text).toContain('Example Shop');
  });

  test('is refused for a campaign that holds an address', async () => {
    const body = json({ email: newAddress(), campaign: 'canary@example.com' }, await authorization());
    expect((await post('/v1/links', body)).status).toBe(400);
  });
});
