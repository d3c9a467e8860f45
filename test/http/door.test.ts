import { describe, expect, it, vi } from 'vitest';
import { VisibleError } from '../../shared/domain/errors.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { type HttpReply, htmlReply, jsonReply } from '../../shared/http/request.ts';
import { styleSheet } from '../../shared/views/style.ts';
import { type EventParts, httpEvent, testContext } from '../support/http-events.ts';
import { testSettings } from '../support/settings.ts';

type Answer = Parameters<typeof httpDoor>[0];

async function call(answer: Answer, route = 'GET /', parts: EventParts = {}) {
  const report = vi.fn();
  const door = httpDoor(answer, { settings: testSettings, report, problemFacts: { treatAs: 'suppressed' } });
  const { statusCode, headers, body } = await door(httpEvent(route, parts), testContext);
  return { status: statusCode, headers: headers ?? {}, body: body ?? '', report };
}

const failWith = (error: unknown) => () => {
  throw error;
};
const invalid = new VisibleError('invalid', 'a.code', 'A sentence', { field: 'email' });
const unavailable = new VisibleError('unavailable', 'store.unavailable', 'The store does not answer');

const answers: [string, Answer, string][] = [
  ['a page', () => htmlReply(200, '<p>'), 'GET /'],
  ['JSON', () => jsonReply(201, {}), 'POST /v1/opt-outs'],
  [
    'a redirect',
    (): HttpReply => ({ ...htmlReply(303, ''), headers: { location: 'https://shop.example.org' } }),
    'POST /opt-outs',
  ],
  ['a refusal', failWith(invalid), 'POST /v1/opt-outs'],
  ['a refusal on a page', failWith(invalid), 'POST /opt-outs'],
  ['trouble', failWith(unavailable), 'POST /v1/checks'],
  ['a bug', failWith(new Error('secret')), 'GET /u/{token}'],
];

describe('httpDoor', () => {
  it.each(answers)('gives %s the security headers (EM-07)', async (_, answer, route) => {
    const { headers } = await call(answer, route);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      `style-src '${styleSheet().hash}'`,
      "form-action 'self' https://shop.example.org",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(String(headers['content-type'])).toMatch(/^(text\/html; charset=utf-8|application\/(problem\+)?json)$/);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('keeps a reply’s own headers', async () => {
    const { status, headers } = await call(() => ({
      ...htmlReply(303, ''),
      headers: { location: 'https://shop.example.org' },
    }));
    expect([status, headers.location]).toEqual([303, 'https://shop.example.org']);
  });

  it.each(answers)('answers HEAD for %s with the same status and headers and no body', async (_, answer, route) => {
    const get = await call(answer, route.replace(/^\w+/, 'GET'));
    const head = await call(answer, route.replace(/^\w+/, 'HEAD'));
    expect(head.body).toBe('');
    expect([head.status, head.headers]).toEqual([get.status, get.headers]);
  });

  it.each(['GET /', 'POST /opt-outs', 'POST /v1/checks', 'GET /health', 'POST /u/{token}'])(
    'turns an unexpected error on %s into 503 without any text of it',
    async (route) => {
      const thrown = new Error('secret', { cause: new Error('secret') });
      const { status, body, headers } = await call(failWith(thrown), route);
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('30');
      expect(body + JSON.stringify(headers)).not.toContain('secret');
      expect(body).not.toContain('    at ');
    },
  );

  it('catches what an answer throws later, too', async () => {
    const { status } = await call(async () => {
      await Promise.resolve();
      throw new Error('secret');
    });
    expect(status).toBe(503);
  });

  it.each(['POST /v1/opt-outs', 'POST /v1/checks', 'GET /health', 'GET /openapi.json'])(
    'speaks to machines on %s in problem documents (RFC 9457)',
    async (route) => {
      const { status, headers, body } = await call(failWith(invalid), route);
      expect([status, headers['content-type']]).toEqual([400, 'application/problem+json']);
      expect(JSON.parse(body)).toEqual({
        type: 'about:blank',
        title: 'Bad request',
        status: 400,
        code: 'a.code',
        detail: 'A sentence',
        field: 'email',
        treatAs: 'suppressed',
      });
      expect(headers).not.toHaveProperty('retry-after');
    },
  );

  it.each(['GET /', 'POST /opt-outs', 'GET /r/{token}', 'POST /c/{token}', 'POST /u/{token}'])(
    'speaks to people on %s in pages of their language, which repeat no error',
    async (route) => {
      const { headers, body } = await call(failWith(unavailable), route, { headers: { 'Accept-Language': 'de' } });
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('<html lang="de" dir="ltr">');
      expect(body).not.toContain('store');
    },
  );

  it('reports our own trouble with the route’s pattern, never with the path', async () => {
    for (const error of [unavailable, new Error('secret')]) {
      const { report } = await call(failWith(error), 'POST /u/{token}', { token: 'sealed' });
      expect(report).toHaveBeenCalledExactlyOnceWith(error, 'POST /u/{token}');
    }
  });

  it.each(['invalid', 'not-found', 'too-large', 'unsupported'] as const)(
    'reports nothing that is the caller’s own: %s',
    async (kind) => {
      const { report, status } = await call(failWith(new VisibleError(kind, 'c', 'd')));
      expect(status).toBeLessThan(500);
      expect(report).not.toHaveBeenCalled();
    },
  );

  it('reports nothing when nothing went wrong', async () => {
    const { report } = await call(() => htmlReply(200, ''));
    expect(report).not.toHaveBeenCalled();
  });
});
