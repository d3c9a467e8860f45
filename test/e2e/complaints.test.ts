import { expect, test } from 'vitest';
import { fetchToken } from '../../infra/local/token.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { newAddress } from './addresses.ts';
import { json, urlencoded } from './http.ts';
import { authorization, awaitMail, heed, isSuppressed, post, stack } from './world.ts';

test('a complaint by form is acknowledged by page and mail, and staff see and close it (UK-01)', async () => {
  const address = newAddress();
  const { status, body } = await post('/complaints', urlencoded({ address, text: 'You still call me.' }));
  expect(status).toBe(200);
  expect(body).toContain('Done: we have your complaint');
  expect((await awaitMail(address)).subject).toBe('We have your complaint');

  const headers = await authorization();
  const { id } = await eventually('an acknowledged complaint', async () => {
    const { body: listed } = await heed('/v1/complaints?state=acknowledged', { headers });
    return JSON.parse(listed).complaints.find((one: { address: string }) => one.address === address);
  });
  const note = async (event: string) =>
    await post(`/v1/complaints/${id}/events`, json({ event, told: 'Told' }, headers));
  expect((await note('resolve')).status).toBe(409);
  expect((await note('inquire')).status).toBe(200);
  expect(JSON.parse((await note('resolve')).body)).toEqual({ id, state: 'resolved' });
});

test('what a caller tells staff is in force at once (TC-01)', async () => {
  const email = newAddress();
  const { status, body } = await post('/v1/intake', json({ channel: 'phone', email }, await authorization()));
  expect(status, body).toBe(201);
  expect(await isSuppressed(email)).toBe(true);
  expect((await heed(new URL(JSON.parse(body).receiptUrl).pathname)).status).toBe(200);
});

test('staff routes take staff only: 401 without a token, 403 without the right', async () => {
  const sender = { authorization: `Bearer ${await fetchToken(stack, ['heed/checks:read'])}` };
  const body = { channel: 'phone', email: newAddress() };
  for (const [headers, expected] of [
    [{}, 401],
    [sender, 403],
  ] as const) {
    expect((await post('/v1/intake', json(body, headers))).status).toBe(expected);
    expect((await heed('/v1/complaints', { headers })).status).toBe(expected);
    expect((await heed('/v1/reviews', { headers })).status).toBe(expected);
    expect((await post('/v1/complaints/x/events', json({}, headers))).status).toBe(expected);
    expect((await post('/v1/requests/x/denial', json({}, headers))).status).toBe(expected);
  }
  expect(await isSuppressed(body.email)).toBe(false);
});
