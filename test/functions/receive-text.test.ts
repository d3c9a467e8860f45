import { describe, expect, it } from 'vitest';
import { type ReceivedText, receiveText } from '../../functions/on-text-received/receive-text.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testSettings } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const FROM = '+14155550123';
const stop: ReceivedText = {
  messageId: 'inbound-1',
  from: FROM,
  to: '+12025550100',
  body: 'STOP',
  receivedAt: new Date('2026-11-23T07:15:30.250Z'),
};
const { subjectKeys } = testKeyRing();

function setUp() {
  const registry = memoryRegistry();
  const ports = {
    optOuts: registry.optOuts,
    book: registry.book,
    subjectKeys,
    numbers: testSettings.texts?.numbers ?? [],
    localeOf: (language: string | undefined) => language ?? 'en',
    requestDays: 760,
  };
  const requests = () => registry.table.items().filter(({ sk }) => String(sk).startsWith('REQUEST#'));
  return { ...registry, receive: receiveText(ports), written: requests };
}

const NOW = new Date('2026-11-23T07:15:30.250Z');

describe('a text that says stop', () => {
  it('ends texts and calls of every kind, and orders its confirmation from the number that it came to (TC-01, TC-04)', async () => {
    const { receive, suppressions, written } = setUp();
    expect(await receive(stop)).toBe('recorded');
    const choices = await suppressions.read([subjectKeys.current(identify(FROM))]);
    for (const channel of ['sms', 'phone'] as const)
      expect(decide(choices, { channel, purpose: 'marketing', list: 'any-programme' }, NOW).isSuppressed).toBe(true);
    expect(decide(choices, { channel: 'email', purpose: 'marketing' }, NOW).isSuppressed).toBe(false);
    expect(written()).toMatchObject([
      { manner: 'sms', receipt: 'pending', textTo: FROM, textFrom: stop.to, maskedAddress: '+1•••••23' },
    ]);
    expect(written()[0]).not.toHaveProperty('needsReview');
  });

  it('makes one request when it is delivered twice, and none when it is said again (TC-03)', async () => {
    const { receive, written } = setUp();
    await receive(stop);
    expect(await receive(stop)).toBe('already-in-force');
    expect(await receive({ ...stop, messageId: 'inbound-2' })).toBe('already-in-force');
    expect(written()).toHaveLength(1);
  });

  it('gets the same id on each delivery and another one as another message', async () => {
    const [a, b, c] = [setUp(), setUp(), setUp()];
    await a.receive(stop);
    await b.receive(stop);
    await c.receive({ ...stop, messageId: 'inbound-2' });
    const id = ({ written }: typeof a) => written()[0]?.requestId;
    expect(id(a)).toMatch(/^req_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(id(b)).toBe(id(a));
    expect(id(c)).not.toBe(id(a));
  });

  it.each([
    ['the carrier answers for it (TC-05)', '+18335550100'],
    ['the number is none of ours', '+12025550199'],
  ])('owes no confirming text when %s', async (_, to) => {
    const { receive, written } = setUp();
    expect(await receive({ ...stop, to })).toBe('recorded');
    expect(written()).toMatchObject([{ receipt: 'none' }]);
    expect(written()[0]).not.toHaveProperty('textTo');
  });

  it('is answered in the language of its words', async () => {
    const { receive, written } = setUp();
    await receive({ ...stop, body: 'je ne veux plus recevoir vos sms' });
    expect(written()).toMatchObject([{ locale: 'fr' }]);
  });
});

it('opts out at once what is unclear, and marks it for a person (TC-01)', async () => {
  const { receive, written } = setUp();
  expect(await receive({ ...stop, body: 'who is this?' })).toBe('recorded');
  expect(written()).toMatchObject([{ state: 'effective', needsReview: true }]);
});

it.each(['YES', 'START', 'UNSTOP', "I'll be there at the END"])('does nothing about %j', async (body) => {
  const { receive, table } = setUp();
  expect(await receive({ ...stop, body })).toBe('nothing-asked');
  expect(table.items()).toEqual([]);
});

describe('a text that asks for help (TC-06)', () => {
  const help = { ...stop, body: 'help?' };

  it('orders one answer from the number that it came to, and opts nobody out', async () => {
    const { receive, written, suppressions } = setUp();
    expect(await receive(help)).toBe('help-asked');
    expect(written()).toMatchObject([
      { type: 'help', state: 'asked', manner: 'sms', receipt: 'pending', textTo: FROM, textFrom: stop.to, scopes: [] },
    ]);
    expect(await suppressions.read([subjectKeys.current(identify(FROM))])).toEqual({});
    expect(written()[0]?.expiresAt).toBe(Math.ceil(stop.receivedAt.getTime() / 1000) + 86_400);
  });

  it('is one request when it is delivered twice', async () => {
    const { receive, written } = setUp();
    await receive(help);
    await receive(help);
    expect(written()).toHaveLength(1);
  });

  it.each([
    ['the carrier answers', { to: '+18335550100' }],
    ['the number is none of ours', { to: '+12025550199' }],
    ['the sender is no number', { from: 'BANK-99' }],
  ])('gets no answer when %s', async (_, differs) => {
    const { receive, table } = setUp();
    expect(await receive({ ...help, ...differs })).toBe('nothing-asked');
    expect(table.items()).toEqual([]);
  });
});

it('rejects a sender that is no number, without saying it', async () => {
  const { receive } = setUp();
  await expect(receive({ ...stop, from: 'BANK-99' })).rejects.toThrow(
    /^A text's sender is not readable as a number: phone\.\S+$/,
  );
});
