import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { fromItem } from '../../shared/adapters/dynamo/table.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { heedAt } from '../support/fake-aws/heed-at.ts';
import { formEvent, httpEvent, jsonEvent } from '../support/http-events.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const CLERK = { sub: 'clerk-1', 'cognito:groups': '[staff]' };
const SENDER = { sub: 'sender', scope: 'heed/checks:read' };
const GATEWAY = '203.0.113.7';
const REASON = 'The gateway of example.org\u0000, says their postmaster';
const { links } = testKeyRing();

const { heed, written } = await heedAt(new Date('2026-11-25T09:00:00Z'));

const addressOf = (person: number) => `person-${person}@example.org`;

async function linkOf(person: number): Promise<string> {
  const scope = 'email:marketing' as ScopeName;
  return await links.seal({ use: 'unsubscribe', identifier: identify(addressOf(person)), scope });
}

async function press(person: number, { clientAddress = GATEWAY, source = 'page' } = {}) {
  const event = formEvent('POST /u/{token}', { source }, { token: await linkOf(person), clientAddress });
  expect((await heed.http('unsubscribe', event)).statusCode).toBe(200);
}

async function pressAll(count: number, more: Parameters<typeof press>[1] = {}): Promise<void> {
  for (let person = 0; person < count; person += 1) await press(person, more);
}

async function list(claims: Record<string, string> = CLERK) {
  const { statusCode, body = '' } = await heed.http('list-cases', httpEvent('GET /v1/bursts', { claims }));
  return { status: statusCode, text: body, ...JSON.parse(body) };
}

async function undo(id: string, body: unknown = { reason: REASON }, claims: Record<string, string> = CLERK) {
  const event = jsonEvent('POST /v1/bursts/{id}/undo', body, { claims, params: { id } });
  const { statusCode, body: text = '' } = await heed.http('undo-burst', event);
  return { status: statusCode, ...JSON.parse(text) };
}

async function suppressed(count: number): Promise<boolean[]> {
  const addresses = Array.from({ length: count }, (_, person) => addressOf(person));
  const event = jsonEvent('POST /v1/checks', { scope: 'email:marketing', addresses }, { scopes: ['heed/checks:read'] });
  const { body = '' } = await heed.http('check-suppression', event);
  return JSON.parse(body).results.map((one: { suppressed: boolean }) => one.suppressed);
}

const items = () => heed.aws.dynamo.items().map(fromItem);

describe('a scanner that presses buttons', () => {
  it('is listed as a burst that names nobody', async () => {
    await pressAll(12);
    const { bursts, text } = await list();
    expect(bursts).toEqual([
      {
        id: expect.stringMatching(/^bur_/),
        ...{ from: '2026-11-25T09:00:00.000Z', to: '2026-11-25T09:00:00.000Z', requests: 12, subjects: 12 },
        ...{ manners: ['link-page'], scopes: ['email:marketing'], state: 'open', left: 12, undoneBy: [] },
      },
    ]);
    expect(text).not.toMatch(/@|203|k1\./);
  });

  it('is undone as a batch, but for who had opted out before or does so since', async () => {
    await press(3, { clientAddress: '198.51.100.1' });
    vi.setSystemTime(new Date('2026-11-25T10:00:00Z'));
    await pressAll(12);
    await press(5, { clientAddress: '198.51.100.1', source: '' });
    const [{ id }] = (await list()).bursts;
    expect(await undo(id)).toEqual({ status: 200, id, state: 'undone', putBack: 10, kept: 2, left: 0 });
    expect((await suppressed(12)).flatMap((is, person) => (is ? [person] : []))).toEqual([3, 5]);
    expect((await list()).bursts).toMatchObject([{ id, state: 'undone', left: 0, undoneBy: ['clerk-1'] }]);
  });

  it('is undone once, however often it is asked', async () => {
    await pressAll(10);
    const [{ id }] = (await list()).bursts;
    await undo(id);
    const before = items();
    expect(await undo(id)).toMatchObject({ status: 200, state: 'undone', putBack: 0, kept: 0, left: 0 });
    expect(items()).toEqual(before);
  });

  it('is undone in parts where there are many', async () => {
    await pressAll(103);
    const [{ id }] = (await list()).bursts;
    expect(await undo(id)).toMatchObject({ state: 'open', putBack: 100, left: 3 });
    expect((await list()).bursts).toMatchObject([{ state: 'open', left: 3 }]);
    expect(await undo(id)).toMatchObject({ state: 'undone', putBack: 3, left: 0 });
  });

  it('is told to each, with a link that stops the same again at once', async () => {
    await pressAll(10);
    await heed.settle();
    const before = heed.aws.mails.length;
    await undo((await list()).bursts[0].id);
    await heed.settle();
    const mails = heed.aws.mails.slice(before);
    const everybody = Array.from({ length: 10 }, (_, person) => addressOf(person));
    expect(new Set(mails.map(({ Destination }) => Destination.ToAddresses[0]))).toEqual(new Set(everybody));
    expect(mails).toHaveLength(10);
    const [mail] = mails;
    expect(mail?.Content.Simple.Subject.Data).toBe('A program seems to have pressed the button for you');
    const [, token = ''] = /\/u\/(\S+)/.exec(mail?.Content.Simple.Body.Text.Data ?? '') ?? [];
    await heed.http('unsubscribe', formEvent('POST /u/{token}', { source: 'page' }, { token }));
    expect((await suppressed(10)).filter((is) => is)).toHaveLength(1);
  });

  it('is in the ledger with its undo, and nobody is named there, in queue, bus or log (S3-02, DD-07)', async () => {
    written.mockClear();
    await pressAll(10);
    const [{ id }] = (await list()).bursts;
    await undo(id);
    await heed.settle();
    const { objects, messages, events, ledgerTable } = heed.aws;
    const ledger = [...objects.entries()]
      .filter(([key]) => key.startsWith('ledger/'))
      .map(([, object]) => gunzipSync(object).toString())
      .join('\n');
    const records = ledger.split('\n').flatMap((line) => (line.startsWith('{"at"') ? [JSON.parse(line)] : []));
    const created = records.filter(({ event }) => event === 'request.created').map(({ facts }) => facts);
    expect(created.filter(({ type }) => type === 'opt-out')).toHaveLength(10);
    const undos = created.filter(({ type }) => type === 'burst-undo');
    expect(undos).toHaveLength(10);
    expect(undos[0]).toMatchObject({ burstId: id, hasReason: true, undoneByKey: expect.stringMatching(/^k1\./) });
    const logs = written.mock.calls.map(([text]) => String(text));
    const elsewhere = JSON.stringify([ledger, messages, events, ledgerTable.items(), logs]);
    expect(elsewhere).not.toMatch(/person-\d|203\.0\.113|clerk-1|postmaster/);
    const sources = items().flatMap(({ source }) => (source === undefined ? [] : [String(source)]));
    expect(new Set(sources).size).toBe(1);
    for (const source of sources) expect(elsewhere).not.toContain(source);
    expect(JSON.stringify(items())).not.toContain('203.0.113');
    expect(events.filter(({ DetailType }) => DetailType === 'burst-undo.effective')).toHaveLength(10);
  });

  it('keeps the reason, without controls, with the record of the undo only', async () => {
    await pressAll(10);
    await undo((await list()).bursts[0].id);
    const undos = items().filter(({ type }) => type === 'burst-undo');
    expect(undos[0]?.intake).toEqual({ actor: 'clerk-1', note: 'The gateway of example.org, says their postmaster' });
  });
});

describe('a press', () => {
  it('by one-click is of nobody, and never in a burst', async () => {
    await pressAll(30, { source: '' });
    expect((await list()).bursts).toEqual([]);
    expect(items().filter(({ source }) => source !== undefined)).toEqual([]);
  });

  it.each(['form', 'preference-page'])('of the %s counts as well, with the source of its network', async (manner) => {
    await pressAll(9);
    const parts = { clientAddress: '203.0.113.99' };
    const token = await links.seal({ use: 'preferences', identifier: identify(addressOf(9)) });
    if (manner === 'form')
      await heed.http('submit-opt-out', formEvent('POST /opt-outs', { address: addressOf(9) }, parts));
    else
      await heed.http(
        'change-preferences',
        formEvent('POST /p/{token}', { stop: 'email:marketing' }, { ...parts, token }),
      );
    expect((await list()).bursts).toMatchObject([
      { subjects: 10, manners: expect.arrayContaining([manner, 'link-page']) },
    ]);
  });
});

describe('staff', () => {
  it('are told that there is no such burst, and nothing is written', async () => {
    await pressAll(10);
    const before = items();
    for (const id of ['', 'x', 'bur_00000000000000000000000000', '../x'])
      expect(await undo(id)).toMatchObject({ status: 404, code: 'burst.unknown' });
    expect(items()).toEqual(before);
  });

  it.each([
    ['no reason', {}, 'body.invalid-type'],
    ['an empty one', { reason: '' }, 'body.too-small'],
    ['one of controls only', { reason: ' \u0000\u202e ' }, 'reason.missing'],
    ['too long a one', { reason: 'x'.repeat(1001) }, 'body.too-big'],
    ['what is not known', { reason: 'x', more: 1 }, 'body.unrecognized-keys'],
  ])('are refused %s, and nothing is written', async (_, body, code) => {
    await pressAll(10);
    const [before, { bursts }] = [items(), await list()];
    expect(await undo(bursts[0].id, body)).toMatchObject({ status: 400, code });
    expect(items()).toEqual(before);
  });

  it('are the only ones who list and undo', async () => {
    await pressAll(10);
    const [before, { bursts }] = [items(), await list()];
    expect(await list(SENDER)).toMatchObject({ status: 403, code: 'staff.required' });
    expect(await undo(bursts[0].id, { reason: 'x' }, SENDER)).toMatchObject({ status: 403, code: 'staff.required' });
    expect(items()).toEqual(before);
  });

  it('see bursts of the last days only, and can undo no older one', async () => {
    await pressAll(10);
    const [{ id }] = (await list()).bursts;
    vi.setSystemTime(new Date('2026-12-02T09:00:01Z'));
    expect((await list()).bursts).toEqual([]);
    expect(await undo(id)).toMatchObject({ status: 404 });
  });

  it('hear of bursts by a number each day, until they are undone', async () => {
    const { handler } = await import('../../functions/count-overdue/handler.ts');
    await pressAll(10);
    written.mockClear();
    expect(await handler()).toEqual({ overdue: 0, openBursts: 1 });
    expect(written.mock.calls.map(([text]) => String(text)).join('')).toContain('"code":"bursts.open","count":1');
    await undo((await list()).bursts[0].id);
    expect(await handler()).toEqual({ overdue: 0, openBursts: 0 });
  });
});
