import { expect, test } from 'vitest';
import { readLedger } from '../../infra/local/audit-trail.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { newAddress } from './addresses.ts';
import { http, json, urlencoded } from './http.ts';
import { authorization, check, heed, mailsTo, mintLink, optOut, post, stack } from './world.ts';

const SUBJECT = 'A program seems to have pressed the button for you';

interface ListedBurst {
  id: string;
  subjects: number;
  state: string;
}

/** As a mail gateway does it: reads the page and posts its form. */
async function pressLikeAScanner(url: string): Promise<void> {
  expect((await http(url)).body).toContain('<form method="post"');
  expect((await http(url, { method: 'POST', ...urlencoded({ source: 'page' }) })).status).toBe(200);
}

async function listBursts(): Promise<ListedBurst[]> {
  const { status, body } = await heed('/v1/bursts', { headers: await authorization() });
  expect(status, body).toBe(200);
  expect(body).not.toContain('@');
  return JSON.parse(body).bursts;
}

/** Undoes bursts until nobody is left. All tests share one network, so that there may be others' presses among them. */
async function undoAll(bursts: readonly ListedBurst[]): Promise<void> {
  for (const { id } of bursts)
    await eventually('an undone burst', async () => {
      const body = json({ reason: 'The gateway of example.com' }, await authorization());
      const { status, body: text } = await post(`/v1/bursts/${id}/undo`, body);
      expect(status, text).toBe(200);
      return JSON.parse(text).left === 0 ? true : undefined;
    });
}

test('a scanner that posts the forms of twelve people is listed, and undone as a batch, with both in the ledger', async () => {
  const people = Array.from({ length: 12 }, () => newAddress());
  const [before = ''] = people;
  // A JSON call is no press of a page's button: this person said so themselves.
  await optOut({ email: before, scopes: ['email:marketing'] });
  const links = await Promise.all(people.map(async (email) => (await mintLink({ email })).url));
  for (const url of links) await pressLikeAScanner(url);
  expect((await check(people)).every(({ suppressed }) => suppressed)).toBe(true);

  const bursts = (await listBursts()).filter(({ state }) => state === 'open');
  expect(Math.max(...bursts.map(({ subjects }) => subjects))).toBeGreaterThanOrEqual(11);
  await undoAll(bursts);

  expect((await check(people)).map(({ suppressed }) => suppressed)).toEqual(people.map((one) => one === before));
  expect((await listBursts()).filter(({ state }) => state === 'open')).toEqual([]);
  const mail = await eventually('the mail that tells of it', async () =>
    (await mailsTo(people[1] ?? '')).find(({ subject }) => subject === SUBJECT),
  );
  expect((await mailsTo(before)).map(({ subject }) => subject)).not.toContain(SUBJECT);

  const ids = bursts.map(({ id }) => id);
  await eventually('the undo in the ledger', async () => {
    const lines = (await readLedger(stack)).flatMap((object) => object.lines);
    const undos = lines.filter((line) => ids.some((id) => line.includes(id)));
    return undos.filter((line) => line.includes('"type":"burst-undo"')).length >= 11 ? true : undefined;
  });

  const [, again = ''] = /(https?:\S+\/u\/\S+)/.exec(mail.text) ?? [];
  await pressLikeAScanner(again);
  expect((await check([people[1] ?? '']))[0]?.suppressed).toBe(true);
});

test('staff routes of bursts take staff only, and know what there is', async () => {
  const body = { reason: 'x' };
  expect((await heed('/v1/bursts')).status).toBe(401);
  expect((await post('/v1/bursts/bur_1/undo', json(body))).status).toBe(401);
  const unknown = await post('/v1/bursts/bur_1/undo', json(body, await authorization()));
  expect([unknown.status, JSON.parse(unknown.body).code]).toEqual([404, 'burst.unknown']);
  expect((await post('/v1/bursts/bur_1/undo', json({}, await authorization()))).status).toBe(400);
});
