import { beforeAll, expect, test } from 'vitest';
import { readMailbox } from '../../infra/local/mailbox.ts';
import { settledTable } from '../../infra/local/walk/state.ts';
import { routes } from '../../infra/routes.ts';
import { newAddress } from './addresses.ts';
import { type Call, http, json } from './http.ts';
import { PREFETCHES, SCANNERS } from './scanners.ts';
import {
  authorization,
  buttonUrl,
  check,
  listBucket,
  mintLink,
  optOut,
  press,
  receiveErasureLink,
  receiveReceipt,
  sealAll,
  stack,
} from './world.ts';

/** Every link that a person may hold, still unused: all three purposes of a confirmation, both kinds of sealed links. */
const links: Record<string, string[]> = {};
let atFirst: Awaited<ReturnType<typeof state>>;

beforeAll(async () => {
  const fresh = await receiveReceipt(newAddress());
  const started = await receiveReceipt(newAddress());
  const step2 = buttonUrl((await press(started.undo)).body, started.undo);
  links['/c/{token}'] = [fresh.confirm, fresh.undo, step2];
  links['/r/{token}'] = [fresh.receipt, (await optOut({ email: newAddress() })).receiptUrl];
  const { url } = await mintLink({ email: newAddress(), list: 'weekly' });
  links['/u/{token}'] = [url];
  links['/p/{token}'] = [fresh.preferences, url.replace('/u/', '/p/')];
  links['/e/{token}'] = [await receiveErasureLink(newAddress())];
  const contact = `${stack.publicUrl}/v1/contacts/looked-at`;
  const put = json({ identifiers: [], classes: { account: {} } }, await authorization());
  expect((await http(contact, { method: 'PUT', ...put })).status).toBeLessThan(300);
  links['/v1/contacts/{id}'] = [contact];
  // Nothing of it was deleted, so there is none to look at.
  links['/v1/contacts/{id}/deletion-certificate'] = [];
  // A seal that is due adds a checkpoint whoever looks: none may be due meanwhile.
  await sealAll();
  atFirst = await state();
});

/** Everything that could tell that something happened. */
async function state() {
  return { table: await settledTable(stack), bucket: await listBucket(), mails: await readMailbox(stack.endpoint) };
}

function urlsOf(path: string): string[] {
  return links[path] ?? [stack.publicUrl + path];
}

// One state for all: whatever is settled after one look is what the next begins with.
async function expectNoChange(act: () => Promise<void>): Promise<void> {
  await act();
  expect(await state()).toEqual(atFirst);
}

const looking = routes.filter(({ method }) => method === 'GET' || method === 'HEAD');

test('the routes to look at include every link', () => {
  expect(looking.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(Object.keys(links).flatMap((path) => [`GET ${path}`, `HEAD ${path}`])),
  );
});

async function lookAt(wanted: (path: string) => boolean, named: Record<string, string>): Promise<void> {
  for (const { method, path, scope, group } of looking.filter((route) => wanted(route.path))) {
    const headers = { ...named, ...((scope ?? group) && (await authorization())) };
    await Promise.all(urlsOf(path).map((url) => lookInAllWays(url, { method, headers })));
  }
}

// RF-05, EM-04, EM-05. Links are what scanners find in mails.
test.each(Object.entries(SCANNERS))('%s may open every link, prefetch or not', async (_, agent) => {
  await expectNoChange(() => lookAt((path) => path in links, agent === '' ? {} : { 'user-agent': agent }));
});

test('so may anybody every other page, and staff their lists', async () => {
  await expectNoChange(() => lookAt((path) => !(path in links), {}));
});

async function lookInAllWays(url: string, { method = 'GET', headers = {} }: Call): Promise<void> {
  const ways = PREFETCHES.map((prefetch) => http(url, { method, headers: { ...headers, ...prefetch } }));
  for (const { status } of await Promise.all(ways)) expect(status, `${method} ${url}`).toBe(200);
}

test('methods that no route has change nothing', async () => {
  await expectNoChange(async () => {
    for (const url of Object.values(links).flat())
      for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])
        expect((await http(url, { method })).status, method).toBeLessThan(500);
  });
});

test('checks and new links are no changes either', async () => {
  await expectNoChange(async () => {
    await check([newAddress(), newAddress()]);
    await mintLink({ email: newAddress() });
    await http(`${stack.publicUrl}/v1/checks`, { method: 'POST', ...json({}, await authorization()) });
  });
});
