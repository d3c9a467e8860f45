import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { invoke } from '../../infra/local/invoke.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { certificateSchema } from '../../shared/domain/contact/certificate.ts';
import { newAddress } from './addresses.ts';
import { http, json, urlencoded } from './http.ts';
import {
  authorization,
  awaitMail,
  heed,
  isSuppressed,
  optOut,
  post,
  press,
  receiveErasureLink,
  stack,
} from './world.ts';

/** A customer of whom nobody knows yet; `brief` is kept for seconds (`infra/local/deploy.ts`). */
async function customer(classes: readonly string[], identifiers: readonly object[] = []) {
  const path = `/v1/contacts/c-${randomBytes(6).toString('hex')}`;
  const call = async (method: string, under = '', body?: object) => {
    const headers = await authorization();
    return await heed(path + under, { method, ...(body ? json(body, headers) : { headers }) });
  };
  const data = Object.fromEntries(classes.map((name) => [name, { data: { of: name } }]));
  expect((await call('PUT', '', { identifiers, classes: data })).status).toBe(201);
  return { call, cancel: () => call('POST', '/cancellation', { cancelledAt: new Date().toISOString() }) };
}

/** Names of the classes that everybody can see. */
async function seen({ call }: Awaited<ReturnType<typeof customer>>): Promise<string[]> {
  const { status, body } = await call('GET');
  return status === 404 ? [] : Object.keys(JSON.parse(body).classes);
}

// The walk-through shows the end that comes by itself, and its certificate.
test('data on hold outlive their end and the sweeper, and end after the release', async () => {
  const held = await customer(['brief']);
  await held.cancel();
  expect((await held.call('PUT', '/holds/dispute-1', { reason: 'An open dispute' })).status).toBe(200);
  await sleep(4000);
  await invoke(stack, stack.functions.sweepExpired);
  expect(await seen(held)).toEqual(['brief']);
  const { body } = await held.call('DELETE', '/holds/dispute-1');
  // The grace: what is overdue does not vanish at the second of the release.
  const { expiresAt } = JSON.parse(body).classes.brief;
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
});

test('an erasure waits for the mailbox, ends what no law keeps, says what stays, and leaves the opt-out (GD-05, GD-09)', async () => {
  const email = newAddress();
  await optOut({ email });
  await awaitMail(email);
  const asking = await customer(['account', 'billing'], [{ email }]);
  const link = await receiveErasureLink(email);
  expect((await http(link)).body).toContain('Erase my data now');
  expect(await seen(asking)).toEqual(['account', 'billing']);

  const { status, body } = await press(link);
  expect(status, body).toBe(200);
  expect(body).toContain('Name, contact details, settings and credentials of the account');
  expect(body).toContain('Kept while you are a customer');
  expect(await seen(asking)).toEqual(['billing']);
  expect((await press(link)).status).toBe(404);
  expect(await isSuppressed(email)).toBe(true);

  const certificate = await eventually('the evidence', async () => {
    const answer = await asking.call('GET', '/deletion-certificate');
    return answer.status === 200 ? certificateSchema.parse(JSON.parse(answer.body)) : undefined;
  });
  expect(certificate).toMatchObject({ state: 'partial', deletions: [{ class: 'account', by: 'erasure' }] });
});

test('the form for erasure answers the same for known and unknown addresses (EM-10)', async () => {
  const known = newAddress();
  await customer(['account'], [{ email: known }]);
  const [one, other] = [
    await post('/erasures', urlencoded({ address: known })),
    await post('/erasures', urlencoded({ address: newAddress() })),
  ];
  expect(one).toMatchObject({ status: 200, body: other.body });
});
