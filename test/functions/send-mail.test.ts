import { describe, expect, it, vi } from 'vitest';
import { type ComposeMail, sendMail } from '../../functions/send-mail/send-mail.ts';
import type { MailKind } from '../../shared/domain/mail-kind.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import { MailRefused } from '../../shared/domain/ports/mailer.ts';
import type { Request } from '../../shared/domain/request.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { memoryMailer } from '../support/memory-mailer.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { countingTokens, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const receipt: ComposeMail = ({ requestId }, links) => ({
  subject: 'Receipt',
  text: [requestId, links.receipt, links.singleUse('confirm-mailbox'), links.singleUse('undo')].join(' '),
  html: '<p>',
});

const preferencesLink: ComposeMail = (_, { preferences }) => ({ subject: 'Link', text: preferences, html: '<p>' });
const optIn: ComposeMail = (_, { singleUse }) => ({ subject: 'Step 2', text: singleUse('opt-in'), html: '<p>' });

async function setUp({
  address = 'jane@example.org',
  links = testKeyRing().links,
}: {
  address?: string;
  links?: Links;
} = {}) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const mailer = memoryMailer();
  const { requests, claims } = registry;
  const ports = {
    requests,
    claims,
    mailer,
    links,
    texts: {
      receipt,
      'preferences-link': preferencesLink,
      'opt-in': optIn,
      erasure: optIn,
      'complaint-received': preferencesLink,
      'burst-undone': preferencesLink,
    },
    newToken: countingTokens(),
    now: clock.now,
    publicUrl: TEST_PUBLIC_URL,
  };
  const send = (
    { subjectKey, requestId }: Pick<Request, 'subjectKey' | 'requestId'>,
    attemptId: string,
    kind: MailKind = 'receipt',
  ) => sendMail(ports)({ kind, subjectKey, requestId }, attemptId);
  /** Asks for a mail other than a receipt. */
  const ask = async (type: 'preferences-link' | 'opt-in', requestId: `req_${string}` = 'req_wish') => {
    const state = type === 'opt-in' ? 'awaiting-confirmation' : 'asked';
    const wish = { ...order(requestId), status: { type, state }, manner: 'preference-page' } as Request;
    await registry.book.enter(wish);
    return wish;
  };
  const order = (requestId: `req_${string}` = 'req_sample') =>
    sampleOptOut({ address, requestId, receivedAt: clock.now() });
  const optOut = async (requestId?: `req_${string}`) => {
    const request = order(requestId);
    await registry.optOuts.record(request);
    return request;
  };
  const stateOf = async (request: { subjectKey: ReturnType<typeof order>['subjectKey']; requestId: `req_${string}` }) =>
    requests.read(request, clock.now());
  return { ...registry, clock, mailer, send, request: await optOut(), optOut, ask, stateOf };
}

describe('sendMail', () => {
  it('sends one mail with the receipt, the confirm and the undo link, and forgets the address (NO-01)', async () => {
    const { send, request, mailer, stateOf } = await setUp();
    expect(await send(request, 'm1.1')).toBe('sent');
    expect(mailer.sent).toHaveLength(1);
    const [mail] = mailer.sent;
    expect(mail).toMatchObject({ to: 'jane@example.org', requestId: 'req_sample', locale: 'en' });
    expect(mail?.text).toMatch(
      /^req_sample https:\/\/heed\.example\.org\/r\/\S+ https:\/\/heed\.example\.org\/c\/\S{43} https:\/\/heed\.example\.org\/c\/\S{43}$/,
    );
    expect(mail?.text).not.toContain('jane');
    const stored = await stateOf(request);
    expect(stored?.receipt).toBe('sent');
    expect(stored).not.toHaveProperty('mailTo');
  });

  it('mails links that work: the receipt opens, the others are stored as hashes with their ends (EM-02, EM-03)', async () => {
    const { send, request, mailer, confirmations, clock, table } = await setUp();
    await send(request, 'm1.1');
    const [, receipt = '', confirm = '', undo = ''] =
      mailer.sent[0]?.text.split(' ').map((url) => url.split('/').at(-1)) ?? [];
    expect(await testKeyRing().links.open('receipt', receipt)).toMatchObject({ requestId: 'req_sample' });
    expect(await confirmations.find(hashToken(confirm), clock.now())).toMatchObject({
      purpose: 'confirm-mailbox',
      requestId: 'req_sample',
    });
    expect(await confirmations.find(hashToken(undo), clock.now())).toMatchObject({
      purpose: 'undo',
      scopes: request.scopes,
    });
    expect(JSON.stringify(table.items())).not.toContain(confirm);
    expect(JSON.stringify(table.items())).not.toContain(undo);
  });

  it('sends nothing when the order comes again', async () => {
    const { send, request, mailer, table } = await setUp();
    await send(request, 'm1.1');
    const before = table.items();
    expect(await send(request, 'm1.2')).toBe('nothing-to-send');
    expect(mailer.sent).toHaveLength(1);
    expect(table.items()).toEqual(before);
  });

  it('sends no second mail when the order comes again after its end could not be noted', async () => {
    const { send, request, mailer, claims, stateOf } = await setUp();
    vi.spyOn(claims, 'settle').mockRejectedValueOnce(new Error('down'));
    await expect(send(request, 'm1.1')).rejects.toThrow('down');
    expect(await send(request, 'm1.2')).toBe('unconfirmed');
    expect(mailer.sent).toHaveLength(1);
    expect((await stateOf(request))?.receipt).toBe('unconfirmed');
  });

  it('sends one mail when two deliveries run at once', async () => {
    const { send, request, mailer } = await setUp();
    await Promise.all([send(request, 'm1.1'), send(request, 'm1.2')]);
    expect(mailer.sent).toHaveLength(1);
  });

  it('withholds a second receipt to the same address within 24 hours, and the opt-out holds (EM-09)', async () => {
    const { send, request, mailer, clock, optOut, stateOf, suppressions } = await setUp();
    await send(request, 'm1.1');
    clock.pass(23.9);
    const second = await optOut('req_second');
    expect(await send(second, 'm2.1')).toBe('withheld');
    expect(mailer.sent).toHaveLength(1);
    const stored = await stateOf(second);
    expect(stored).toMatchObject({ receipt: 'withheld', status: { state: 'effective' } });
    expect(stored).not.toHaveProperty('mailTo');
    expect((await suppressions.read([second.subjectKey]))['any:marketing']?.requestId).toBe('req_second');
  });

  it('makes no links for a mail that is withheld', async () => {
    const { send, request, optOut, table } = await setUp();
    await send(request, 'm1.1');
    const links = () => table.items().filter(({ sk }) => sk === 'CONFIRMATION').length;
    expect(links()).toBe(2);
    await send(await optOut('req_second'), 'm2.1');
    expect(links()).toBe(2);
  });

  it('sends again after 24 hours, though DynamoDB has not deleted the guard (EM-09, DD-02)', async () => {
    const { send, request, mailer, clock, optOut } = await setUp();
    await send(request, 'm1.1');
    clock.pass(24.001);
    expect(await send(await optOut('req_second'), 'm2.1')).toBe('sent');
    expect(mailer.sent).toHaveLength(2);
  });

  it('gives the claim and its links back when the mail was refused, and the next delivery sends', async () => {
    const { send, request, mailer, table, stateOf } = await setUp();
    const before = table.items();
    mailer.failNext(new MailRefused('throttled'));
    await expect(send(request, 'm1.1')).rejects.toBeInstanceOf(MailRefused);
    expect(table.items()).toEqual(before);
    expect(await send(request, 'm1.2')).toBe('sent');
    expect(mailer.sent).toHaveLength(1);
    expect((await stateOf(request))?.receipt).toBe('sent');
  });

  it.each([true, false])('never sends a second mail when the answer was lost (delivered: %s)', async (isDelivered) => {
    const { send, request, mailer, stateOf, clock } = await setUp();
    mailer.failNext(new Error('socket hang up'), isDelivered);
    expect(await send(request, 'm1.1')).toBe('unconfirmed');
    clock.pass(25);
    expect(await send(request, 'm1.2')).toBe('nothing-to-send');
    expect(mailer.sent).toHaveLength(isDelivered ? 1 : 0);
    const stored = await stateOf(request);
    expect(stored?.receipt).toBe('unconfirmed');
    expect(stored).not.toHaveProperty('mailTo');
  });

  it('keeps another delivery’s claim when its own claim fails', async () => {
    const { send, request, claims, mailer, table } = await setUp();
    await claims.claim({
      kind: 'receipt',
      request,
      attemptId: 'm1.1',
      confirmations: [],
      now: new Date('2026-11-23T07:15:30.250Z'),
      expiresAt: 1_900_000_000 as never,
    });
    vi.spyOn(claims, 'claim').mockRejectedValueOnce(new Error('down'));
    await expect(send(request, 'm1.2')).rejects.toThrow('down');
    expect(table.items().some(({ sk }) => sk === 'MAIL-GUARD#receipt')).toBe(true);
    expect(await send(request, 'm1.3')).toBe('unconfirmed');
    expect(mailer.sent).toHaveLength(0);
  });

  it('undoes its own claim whose answer was lost', async () => {
    const { send, request, claims, mailer, table } = await setUp();
    const before = table.items();
    const take = claims.claim;
    vi.spyOn(claims, 'claim').mockImplementationOnce(async (claim) => {
      await take(claim);
      throw new Error('socket hang up');
    });
    await expect(send(request, 'm1.1')).rejects.toThrow('socket hang up');
    expect(table.items()).toEqual(before);
    expect(await send(request, 'm1.2')).toBe('sent');
    expect(mailer.sent).toHaveLength(1);
  });

  it('gives the claim back when it cannot seal the link', async () => {
    const links: Links = { seal: () => Promise.reject(new Error('no key')), open: async () => undefined };
    const { send, request, table } = await setUp({ links });
    const before = table.items();
    await expect(send(request, 'm1.1')).rejects.toThrow('no key');
    expect(table.items()).toEqual(before);
  });

  it.each(['+49 30 123456', 'jäne@example.org'])(
    'sends nothing to %s, which takes no mail (NO-03)',
    async (address) => {
      const { send, request, mailer, table } = await setUp({ address });
      const before = table.items();
      expect(await send(request, 'm1.1')).toBe('nothing-to-send');
      expect(mailer.sent).toEqual([]);
      expect(table.items()).toEqual(before);
    },
  );

  it('sends nothing for a record that is unknown or over', async () => {
    const { send, request, mailer, clock } = await setUp();
    expect(await send({ ...request, requestId: 'req_unknown' }, 'm1.1')).toBe('nothing-to-send');
    clock.pass(761 * 24);
    expect(await send(request, 'm1.1')).toBe('nothing-to-send');
    expect(mailer.sent).toEqual([]);
  });

  it('never touches the opt-out itself (EM-14)', async () => {
    const { send, request, mailer, table } = await setUp();
    const suppression = () => table.items().find(({ sk }) => sk === 'SUPPRESSION');
    const before = suppression();
    mailer.failNext(new MailRefused('no'));
    await expect(send(request, 'm1.1')).rejects.toThrow();
    await send(request, 'm1.2');
    expect(suppression()).toEqual(before);
  });

  it('mails a link to the preferences of its address, although a receipt went out today (EM-09)', async () => {
    const { ask, request, send, mailer, stateOf } = await setUp();
    await send(request, 'm1.1');
    const wish = await ask('preferences-link');
    expect(await send(wish, 'm2.1', 'preferences-link')).toBe('sent');
    const token = mailer.sent[1]?.text.replace(`${TEST_PUBLIC_URL}/p/`, '') ?? '';
    expect(await testKeyRing().links.open('preferences', token)).toMatchObject({
      identifier: { kind: 'email', canonical: 'jane@example.org' },
      locale: 'en',
    });
    expect(await stateOf(wish)).not.toHaveProperty('mailTo');
  });

  it('mails at most one such link a day, however often it is asked for (EM-09)', async () => {
    const { ask, send, mailer, clock } = await setUp();
    const outcomes = [];
    for (let count = 1; count <= 100; count += 1)
      outcomes.push(await send(await ask('preferences-link', `req_${count}`), `m${count}.1`, 'preferences-link'));
    expect(outcomes).toEqual(['sent', ...Array(99).fill('withheld')]);
    expect(mailer.sent).toHaveLength(1);
    clock.pass(24.001);
    expect(await send(await ask('preferences-link', 'req_next'), 'm101.1', 'preferences-link')).toBe('sent');
  });

  it('mails the link of step 2, which ends after 24 hours and acts on the wish itself (CC-15, EM-03)', async () => {
    const { ask, send, mailer, confirmations, clock } = await setUp();
    const wish = await ask('opt-in');
    expect(await send(wish, 'm1.1', 'opt-in')).toBe('sent');
    const token = mailer.sent[0]?.text.replace(`${TEST_PUBLIC_URL}/c/`, '') ?? '';
    const { requestId, scopes, receivedAt, manner } = wish;
    const link = { purpose: 'opt-in', requestId, scopes, receivedAt, manner };
    expect(await confirmations.find(hashToken(token), clock.now())).toMatchObject(link);
    clock.pass(24.001);
    expect(await confirmations.find(hashToken(token), clock.now())).toBeUndefined();
  });
});
