import '../support/handler-environment.ts';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkStatements } from '../../functions/check-statements/check-statements.ts';
import { handler as check } from '../../functions/check-statements/handler.ts';
import { handler as privacy } from '../../functions/show-privacy/handler.ts';
import { handler as showSnippet } from '../../functions/show-snippet/handler.ts';
import { handler as statement } from '../../functions/show-statement/handler.ts';
import { readConfig } from '../../infra/config.ts';
import { snippet } from '../../infra/snippet.ts';
import { securityText } from '../../infra/statements.ts';
import { gpcSchema } from '../../shared/http/schemas/gpc.ts';
import { snippetSchema } from '../../shared/http/schemas/snippet.ts';
import { httpEvent, testContext } from '../support/http-events.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';

const { statements } = readConfig({});
const DAY_MS = 24 * 60 * 60 * 1000;
const daysAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS);

it('gpc.json says that the signal is honoured, and since when (GP-04)', async () => {
  const { statusCode, headers, body = '' } = await statement(httpEvent('GET /.well-known/gpc.json'), testContext);
  expect([statusCode, headers?.['content-type']]).toEqual([200, 'application/json']);
  expect(gpcSchema.parse(JSON.parse(body))).toEqual({ gpc: true, lastUpdate: statements.gpcStatedOn });
});

describe('security.txt', () => {
  it('is plain text with a contact and exactly one end (SX-01)', async () => {
    const { headers, body = '' } = await statement(httpEvent('GET /.well-known/security.txt'), testContext);
    expect(headers?.['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toContain(`Contact: ${statements.securityContact}\n`);
    expect(body.match(/^Expires: /gm)).toHaveLength(1);
  });

  it.each(['2026-11-26', '2027-01-31', '2028-02-29', '2026-12-01'])('made on %s ends within 364 days', (day) => {
    const expires = Date.parse(/Expires: (\S+)/.exec(securityText(statements, new Date(day)))?.[1] ?? '');
    const days = (expires - Date.parse(day)) / DAY_MS;
    expect(days).toBeGreaterThan(300);
    expect(days).toBeLessThanOrEqual(364);
  });
});

describe('checkStatements', () => {
  const security = securityText(statements, new Date('2026-11-26'));
  const due = (now: Date, text = security) => checkStatements({ notice: statements.notice, security: text }, now);

  it('is content until the 335th day after the review, and then no more (CC-28)', () => {
    const { lastReviewedAt } = statements.notice;
    const lasting = security.replace(/Expires: .*/, 'Expires: 2099-01-01T00:00:00Z');
    expect(due(daysAfter(lastReviewedAt, 334), lasting)).toEqual([]);
    expect(due(daysAfter(lastReviewedAt, 335), lasting)).toEqual(['privacy-notice-review']);
    expect(due(daysAfter(lastReviewedAt, -2), lasting)).toEqual(['privacy-notice-review']);
  });

  it('asks for a deploy 30 days before security.txt expires, and when it has no end (SX-01)', () => {
    expect(due(new Date('2027-08-31'))).toEqual([]);
    expect(due(new Date('2027-09-01'))).toEqual(['security-txt-expiry']);
    expect(due(new Date('2026-12-01'), 'Contact: x\n')).toEqual(['security-txt-expiry']);
  });

  it('runs in a function that fails when something is overdue, which rings an alarm', async () => {
    await expect(check()).rejects.toThrow('Overdue: security-txt-expiry');
  });
});

describe('the snippet', () => {
  it('is served to other origins and for good, with at most 2 kB', async () => {
    const { body = '', headers } = await showSnippet(httpEvent('GET /optout.v1.js'), testContext);
    expect(body).toBe(snippet());
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2048);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Origin',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('has its hash published', async () => {
    const { body = '' } = await showSnippet(httpEvent('GET /optout.json'), testContext);
    const hash = createHash('sha384').update(snippet()).digest('base64');
    expect(snippetSchema.parse(JSON.parse(body))).toEqual({
      url: `${TEST_PUBLIC_URL}/optout.v1.js`,
      integrity: `sha384-${hash}`,
    });
  });

  // Sites name this hash: another text needs another path, and this one stays.
  it('is the first version, byte for byte', () => {
    expect(createHash('sha256').update(snippet()).digest('hex')).toBe(
      '19212c7ab7875104c29deb1e1cf358e9e52503e984a23da8c71489e07c4331a0',
    );
  });
});

it('the privacy notice is shown in the language that is asked for', async () => {
  const { body = '' } = await privacy(httpEvent('GET /privacy', { query: { lang: 'de' } }), testContext);
  expect(body).toContain('<h1>Datenschutzhinweise</h1>');
});
