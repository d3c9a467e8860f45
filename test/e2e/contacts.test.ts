import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { RESOURCE_SERVER } from '../../shared/names.ts';
import { newAddress } from './addresses.ts';
import { json } from './http.ts';
import { schemaOf } from './openapi-document.ts';
import { authorization, heed, stack } from './world.ts';

const HOLD = { reason: 'A dispute about an invoice' };

/** Calls about a contact of whom nobody knows yet. */
function newContact(token = authorization) {
  const path = `/v1/contacts/c-${randomBytes(6).toString('hex')}`;
  const call = async (method: string, under = '', body?: object) => {
    const headers = await token();
    const { status, body: text } = await heed(path + under, { method, ...(body ? json(body, headers) : { headers }) });
    return { status, text, body: text === '' || !text.startsWith('{') ? {} : JSON.parse(text) };
  };
  return { call, put: (classes: object) => call('PUT', '', { identifiers: [{ email: newAddress() }], classes }) };
}

const CALLS = [
  ['PUT', '', 'contacts:write', { identifiers: [], classes: { account: {} } }],
  ['GET', '', 'contacts:read', undefined],
  ['POST', '/cancellation', 'contacts:write', { cancelledAt: new Date().toISOString() }],
  ['DELETE', '/cancellation', 'contacts:write', undefined],
  ['PUT', '/holds/dispute-1', 'holds:write', HOLD],
  ['DELETE', '/holds/dispute-1', 'holds:write', undefined],
] as const;

describe.each(CALLS)('%s …%s', (method, under, scope, body) => {
  test('is closed without a token, and with one for everything else', async () => {
    expect((await newContact(async () => ({ authorization: '' })).call(method, under, body)).status).toBe(401);
    const others = ['contacts:read', 'contacts:write', 'holds:write'].filter((other) => other !== scope);
    const token = await fetchToken(
      stack,
      others.map((other) => `${RESOURCE_SERVER}/${other}`),
    );
    const strange = newContact(async () => ({ authorization: `Bearer ${token}` }));
    expect((await strange.call(method, under, body)).status).toBe(403);
  });
});

test('a customer comes, cancels, is held, is released and comes back, as published', async () => {
  const { call, put } = newContact();
  const steps = [
    ['ContactAnswer', 201, await put({ account: { data: { tier: 'gold' } } })],
    ['ContactView', 200, await call('GET')],
    ['CancellationAnswer', 200, await call('POST', '/cancellation', { cancelledAt: new Date().toISOString() })],
    ['HoldAnswer', 200, await call('PUT', '/holds/dispute-1', HOLD)],
    ['HoldAnswer', 200, await call('DELETE', '/holds/dispute-1')],
    ['ReactivationAnswer', 200, await call('DELETE', '/cancellation')],
  ] as const;
  for (const [schema, expected, { status, text, body }] of steps) {
    expect(status, text).toBe(expected);
    expect((await schemaOf(schema)).safeParse(body).error, schema).toBeUndefined();
  }
  const [, shown, cancelled, held, released, back] = steps.map(([, , { body }]) => body);
  expect(shown.classes.account.data).toEqual({ tier: 'gold' });
  expect(cancelled.classes.account).toHaveProperty('expiresAt');
  expect(held.holds['dispute-1'].by).toEqual(expect.any(String));
  expect(held.classes.account).not.toHaveProperty('expiresAt');
  expect(released.classes.account.expiresAt).toBe(cancelled.classes.account.expiresAt);
  expect(back.classes.account).toEqual({});
});

test('one who cancelled six years ago is gone for every reader at once', async () => {
  const { call, put } = newContact();
  await put({ account: {} });
  expect((await call('POST', '/cancellation', { cancelledAt: '2019-01-31T10:00:00+01:00' })).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const [over, never] = [await call('GET'), await newContact().call('GET')];
  expect([over.status, over.text]).toEqual([404, never.text]);
  expect((await call('POST', '/cancellation', { cancelledAt: new Date().toISOString() })).status).toBe(404);
});

test('HEAD answers as GET does, without a body', async () => {
  const { call, put } = newContact();
  await put({ account: {} });
  expect(await call('HEAD')).toMatchObject({ status: 200, text: '' });
});

test('a hold without a reason is refused', async () => {
  const { call, put } = newContact();
  await put({ account: {} });
  expect((await call('PUT', '/holds/dispute-1', {})).body).toMatchObject({ status: 400, field: 'reason' });
  expect((await call('GET')).body.holds).toEqual({});
});
