import { expect, test } from 'vitest';
import { newAddress } from './addresses.ts';
import { json, multipart } from './http.ts';
import { authorization, awaitMail, heed, isSuppressed, post } from './world.ts';

const PERMISSION = '%PDF-1.7\nI permit the agent to act for me';

interface Listed {
  id: string;
  requestId: string;
  agent: { name: string; permission: string; objectKey?: string };
}

test("an agent's opt-out by form is in force with the permission kept; staff deny it, and it stays in force (CC-22, CC-09)", async () => {
  const address = newAddress();
  const form = multipart({ address, 'agent-name': 'Adam & Partner' }, { permission: PERMISSION });
  const { status, body } = await post('/agents', form);
  expect(status, body).toBe(200);
  expect(body).toContain('The signed permission is kept with the request.');
  expect(await isSuppressed(address)).toBe(true);
  expect((await awaitMail(address)).subject).toBe('Your opt-out is in force');

  const headers = await authorization();
  const { requests }: { requests: Listed[] } = JSON.parse((await heed('/v1/reviews', { headers })).body);
  const listed = requests.find(({ requestId }) => body.includes(requestId));
  expect(listed?.agent).toMatchObject({ name: 'Adam & Partner', objectKey: `uploads/${listed?.requestId}` });

  const denial = { basis: 'no_permission', evidence: 'The paper is blank', explanation: 'We found no permission.' };
  const denied = await post(`/v1/requests/${listed?.id}/denial`, json(denial, headers));
  expect(denied.status, denied.body).toBe(200);
  expect(JSON.parse(denied.body)).toMatchObject({ state: 'denied', tell: 'We found no permission.' });
  expect(await isSuppressed(address)).toBe(true);
});

test('an agent of whom nothing came along is heard as well, by JSON (CC-22)', async () => {
  const email = newAddress();
  const { status, body } = await post('/v1/agent-requests', json({ email, agent: { name: 'Adam' } }));
  expect(status, body).toBe(201);
  expect(JSON.parse(body)).toMatchObject({ status: 'opted_out', effective: true, permission: 'none' });
  expect(await isSuppressed(email)).toBe(true);
});

test('a file of another kind is refused, and opts nobody out half-way', async () => {
  const address = newAddress();
  const { status, body } = await post('/agents', multipart({ address }, { permission: 'MZ program' }));
  expect(status).toBe(400);
  expect(body).toContain('This is another kind of file');
  expect(await isSuppressed(address)).toBe(false);
});
