import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { newAddress } from './addresses.ts';
import { json } from './http.ts';
import { type Operation, readOpenApi } from './openapi-document.ts';
import { heed, post, stack } from './world.ts';

// EM-07, on each answer: pages, problems, refusals of links.
const SECURITY_HEADERS = {
  'content-security-policy': expect.stringMatching(/^default-src 'none'; .*base-uri 'none'; frame-ancestors 'none'$/),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': expect.stringMatching(/^max-age=(?:[4-9]\d{7}|3[2-9]\d{6})/),
  'x-content-type-options': 'nosniff',
};

/** Answers that are the same for everybody. */
const CACHED: Readonly<Record<string, string>> = {
  '/.well-known/heed-sender-keys.json': 'public, max-age=3600',
  '/.well-known/gpc.json': 'public, max-age=3600',
  '/.well-known/security.txt': 'public, max-age=3600',
  '/optout.v1.js': 'public, max-age=31536000, immutable',
};

describe.each(routes)('$method $path', ({ method, path, scope, group }) => {
  const call = async () =>
    await heed(path.replace(/\{\w+\}/, 'unknown'), { method, ...(method === 'POST' ? json({}) : {}) });

  test('is answered by Heed', async () => {
    const { status, headers, body } = await call();
    if (scope !== undefined || group !== undefined) return expect(status).toBe(401);
    expect(headers, body).toMatchObject(SECURITY_HEADERS);
    expect(headers['cache-control']).toBe(CACHED[path] ?? 'no-store');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(status).toBeLessThan(500);
    expect(body).not.toContain('{"message":"Not Found"}');
    if (method === 'HEAD') expect(body).toBe('');
  });
});

test('what is no route is 404', async () => {
  expect((await heed('/nothing/here')).status).toBe(404);
});

test('HEAD answers as GET does', async () => {
  for (const { path } of routes.filter(({ method }) => method === 'HEAD')) {
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => heed(path.replace('{token}', 'x'), { method })),
    );
    expect(head?.status).toBe(get?.status);
    expect(head?.headers['content-type']).toBe(get?.headers['content-type']);
  }
});

test('health says that the store answers', async () => {
  const { status, body } = await heed('/health');
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ status: 'ok' });
});

describe('the interface document', () => {
  test('is OpenAPI 3.1 and describes exactly the routes', async () => {
    const { openapi, info, paths } = await readOpenApi();
    expect(openapi).toMatch(/^3\.1\.\d+$/);
    expect(info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  test('has whole operations: unique ids, declared parameters and schemes, answers with descriptions', async () => {
    const { paths, components } = await readOpenApi();
    const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
      Object.values(byMethod).map((operation): [string, Operation] => [path, operation]),
    );
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    for (const [path, { parameters = [], responses, security }] of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(inPath);
      expect(Object.keys(responses)).not.toHaveLength(0);
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(description).not.toBe('');
      }
      for (const scheme of security.flatMap(Object.keys)) expect(components.securitySchemes).toHaveProperty(scheme);
    }
  });

  test('refers to nothing that it does not hold', async () => {
    const document = await readOpenApi();
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references)
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '');
  });
});

describe('other origins', () => {
  const preflight = async (origin: string, path = '/v1/opt-outs') =>
    await heed(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test.each(['https://shop.example.com', stack.siteUrl])('%s may call: it is a configured site', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBeLessThan(300);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toMatch(/content-type/i);
    const answer = await post('/v1/opt-outs', json({ email: newAddress() }, { origin }));
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each(['https://evil.example', 'null', 'https://shop.example.com.evil.example', 'http://shop.example.com'])(
    '%s may not',
    async (origin) => {
      expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
      const answer = await post('/v1/opt-outs', json({ email: newAddress() }, { origin }));
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );
});

// 11 CCR 7025(c)(6), CC-12.
test.each(routes.filter(({ method, scope }) => method === 'GET' && scope === undefined))(
  '$path shows the signal of the browser, if it is a page',
  async ({ path }) => {
    const look = async (headers: Record<string, string>) => await heed(path.replace('{token}', 'x'), { headers });
    const [signalled, plain] = [await look({ 'sec-gpc': '1' }), await look({})];
    const isPage = String(plain.headers['content-type']).startsWith('text/html');
    expect(signalled.body.includes('class="signal"')).toBe(isPage);
    expect(plain.body).not.toContain('class="signal"');
  },
);

test('a site may load the snippet with its hash', async () => {
  const { url, integrity } = JSON.parse((await heed('/optout.json')).body);
  const { body, headers } = await heed(new URL(url).pathname, { headers: { origin: stack.siteUrl } });
  expect(integrity).toBe(`sha384-${createHash('sha384').update(body).digest('base64')}`);
  expect(headers['access-control-allow-origin']).toBe(stack.siteUrl);
});
