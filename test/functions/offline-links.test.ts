import '../support/handler-environment.ts';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as showSenderKeys } from '../../functions/show-sender-keys/handler.ts';
import { handler as showUnsubscribe } from '../../functions/show-unsubscribe/handler.ts';
import { handler as unsubscribe } from '../../functions/unsubscribe/handler.ts';
import { tokenOfUrl } from '../../shared/domain/unsubscribe-link.ts';
import { senderKeySetSchema } from '../../shared/http/schemas/sender-keys.ts';
import { mintLink } from '../../shared/sender/mint-link.ts';
import { formEvent, httpEvent, multipartEvent, testContext } from '../support/http-events.ts';
import { aws, READ_COMMANDS, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { senderKeys } = testKeyRing();
const KEYS_ROUTE = 'GET /.well-known/heed-sender-keys.json';

async function mint(list?: string): Promise<string> {
  const order = { publicKeys: senderKeys(), publicUrl: TEST_PUBLIC_URL, email: 'jane@example.org', list, locale: 'de' };
  return tokenOfUrl(await mintLink(order));
}

// Before everything else in this file, while the handler holds no key ring yet.
it('answers 503 as a problem document while the key ring cannot be read, which nobody may keep', async () => {
  resetClients();
  aws.secrets.on(GetSecretValueCommand).rejects(new Error('canary-4711'));
  const { statusCode, headers, body = '' } = await showSenderKeys(httpEvent(KEYS_ROUTE), testContext);
  expect(statusCode).toBe(503);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/problem+json' });
  expect(body).not.toContain('canary-4711');
});

describe(KEYS_ROUTE, () => {
  beforeEach(resetClients);

  it('answers with the public keys, which may be kept for a while', async () => {
    const { statusCode, headers, body = '' } = await showSenderKeys(httpEvent(KEYS_ROUTE), testContext);
    expect(statusCode).toBe(200);
    expect(senderKeySetSchema.parse(JSON.parse(body))).toEqual(senderKeys());
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=3600', 'content-type': 'application/json' });
    expect(sentCommands().filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  });

  it('answers HEAD alike', async () => {
    const get = await showSenderKeys(httpEvent(KEYS_ROUTE), testContext);
    const head = await showSenderKeys(httpEvent(KEYS_ROUTE.replace('GET', 'HEAD')), testContext);
    expect(head).toEqual({ ...get, body: '' });
  });
});

const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };
const EXAMPLE = [
  '---FormBoundaryjWmhtjORrn',
  'Content-Disposition: form-data; name="List-Unsubscribe"',
  '',
  'One-Click',
  '---FormBoundaryjWmhtjORrn--',
  '',
].join('\r\n');

describe('POST /u/{token} with a link that was minted offline (RFC 8058)', () => {
  beforeEach(() => {
    resetClients();
    aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  });

  // §8.1 and §8.3 of the RFC; the latter as printed, with delimiters that lack their two dashes, and as its errata have it.
  it.each<[string, (token: string) => Parameters<typeof unsubscribe>[0]]>([
    ['urlencoded', (token) => formEvent('POST /u/{token}', ONE_CLICK, { token })],
    ['multipart', (token) => multipartEvent('POST /u/{token}', ONE_CLICK, { token })],
    ['as §8.1', (token) => post(token, 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click')],
    ['as §8.3', (token) => post(token, 'multipart/form-data; boundary=---FormBoundaryjWmhtjORrn', EXAMPLE)],
    ['as its errata', (token) => post(token, 'multipart/form-data; boundary=-FormBoundaryjWmhtjORrn', EXAMPLE)],
  ])('opts out %s: 200, no redirect, no cookie (RF-02, RF-04)', async (_, event) => {
    const { statusCode, headers, body, cookies } = await unsubscribe(event(await mint()), testContext);
    expect(statusCode).toBe(200);
    expect(headers).not.toHaveProperty('location');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(cookies).toBeUndefined();
    expect(body).not.toContain('jane');
    expect(written()).toMatchObject({ manner: { S: 'one-click' }, state: { S: 'effective' } });
  });

  it('stops a configured list, and all marketing by e-mail for one that nobody knows', async () => {
    const scopes = [];
    for (const list of ['weekly', 'unheard-of']) {
      await unsubscribe(formEvent('POST /u/{token}', ONE_CLICK, { token: await mint(list) }), testContext);
      scopes.push(written()?.scopes);
    }
    expect(scopes).toEqual([{ L: [{ S: 'email:marketing:weekly' }] }, { L: [{ S: 'email:marketing' }] }]);
  });

  it.each<[number, () => Promise<string> | string, Error | undefined]>([
    [404, () => 'broken', undefined],
    [404, async () => `${await mint()}x`, undefined],
    [503, () => mint(), new Error('no')],
  ])('answers %d without a redirect or a cookie as well', async (status, token, trouble) => {
    if (trouble !== undefined) aws.dynamo.on(TransactWriteItemsCommand).rejects(trouble);
    const event = formEvent('POST /u/{token}', ONE_CLICK, { token: await token() });
    const { statusCode, headers, cookies } = await unsubscribe(event, testContext);
    expect(statusCode).toBe(status);
    expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(['location']));
    expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(['set-cookie']));
    expect(cookies).toBeUndefined();
  });
});

describe('GET /u/{token} with a link that was minted offline', () => {
  it('shows one button in the language of the link, and writes nothing (RF-05)', async () => {
    resetClients();
    const event = httpEvent('GET /u/{token}', { token: await mint('weekly') });
    const { statusCode, body = '' } = await showUnsubscribe(event, testContext);
    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="de"');
    expect(body.match(/<form/g)).toHaveLength(1);
    expect(body).not.toContain('jane');
    expect(sentCommands().filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  });
});

function post(token: string, contentType: string, body: string) {
  return httpEvent('POST /u/{token}', { token, contentType, body });
}

/** The request that was put on record last. */
function written() {
  const { input } = aws.dynamo.commandCalls(TransactWriteItemsCommand).at(-1)?.args[0] ?? {};
  return input?.TransactItems?.[1]?.Put?.Item;
}
