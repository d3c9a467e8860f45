import { describe, expect, it } from 'vitest';
import { sendAnswer } from '../../functions/send-text/send-answer.ts';
import { TextBarred, TextRefused } from '../../shared/domain/ports/texter.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import type { Locale } from '../../shared/settings.ts';
import { helpText, optedOutText } from '../../shared/views/answer-texts.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { memoryTexter } from '../support/memory-texter.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { testSettings } from '../support/settings.ts';
import { testClock } from '../support/test-clock.ts';

const NUMBER = '+14155550123';
const OURS = '+12025550100';
const MINUTES = 1 / 60;

async function setUp(facts: Parameters<typeof sampleOptOut>[0] = {}) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const texter = memoryTexter();
  const ask = async (requestId: `req_${string}`) => {
    const sent = { address: NUMBER, manner: 'sms', textFrom: OURS, receivedAt: clock.now() } as const;
    const request = sampleOptOut({ ...sent, requestId, ...facts });
    await registry.optOuts.record(request);
    return { ...request, receivedAt: request.receivedAt.toISOString() };
  };
  const { requests, claims } = registry;
  const [listed, troubles]: [string[], unknown[]] = [[], []];
  const list = {
    put: async (number: string) => {
      listed.push(number);
    },
  };
  const report = (error: unknown) => troubles.push(error);
  const compose = ({ locale }: { locale: string }) =>
    optedOutText({ strings: stringsFor(locale as Locale), controller: testSettings.controller });
  const send = sendAnswer({ requests, claims, texter, list, compose, now: clock.now, report });
  const order = await ask('req_1');
  const stored = async () => requests.read(order, clock.now());
  return { ...registry, clock, texter, ask, send, order, stored, list, listed, troubles };
}

describe('a confirming text', () => {
  it('goes out once, from the number that was texted to, and the number is forgotten (TC-03, NO-01)', async () => {
    const { send, order, texter, stored } = await setUp();
    expect(await send(order, 'm1.1')).toBe('sent');
    expect(texter.sent).toEqual([
      {
        to: NUMBER,
        from: OURS,
        body: expect.stringMatching(/^Example Shop Ltd: You are opted out/),
        secondsToLive: 300,
      },
    ]);
    expect(await stored()).toMatchObject({ receipt: 'sent' });
    expect(await stored()).not.toHaveProperty('textTo');
    expect(await send(order, 'm1.2')).toBe('nothing-to-send');
    expect(texter.sent).toHaveLength(1);
  });

  it('is sent shortly before five minutes are over, to be delivered in what is left', async () => {
    const { send, order, texter, clock } = await setUp();
    clock.pass(4.5 * MINUTES);
    expect(await send(order, 'm1.1')).toBe('sent');
    expect(texter.sent).toMatchObject([{ secondsToLive: 30 }]);
  });

  it.each([5, 6, 60])('is not sent after %i minutes, and the number is forgotten (TC-03)', async (minutes) => {
    const { send, order, texter, clock, stored } = await setUp();
    clock.pass(minutes * MINUTES);
    expect(await send(order, 'm1.1')).toBe('too-late');
    expect(texter.sent).toEqual([]);
    expect(await stored()).toMatchObject({ receipt: 'none', status: { state: 'effective' } });
    expect(await stored()).not.toHaveProperty('textTo');
  });

  it('is withheld from a number that got one within the day', async () => {
    const { send, order, ask, texter, clock } = await setUp();
    await send(order, 'm1.1');
    clock.pass(2);
    expect(await send(await ask('req_2'), 'm2.1')).toBe('withheld');
    expect(texter.sent).toHaveLength(1);
  });

  it('is tried again when it certainly did not go out', async () => {
    const { send, order, texter, clock } = await setUp();
    texter.failNext(new TextRefused('throttled'));
    await expect(send(order, 'm1.1')).rejects.toBeInstanceOf(TextRefused);
    clock.pass(2 * MINUTES);
    expect(await send(order, 'm1.2')).toBe('sent');
    expect(texter.sent).toHaveLength(1);
  });

  it('is not tried again when nobody knows whether it did', async () => {
    const { send, order, texter, stored } = await setUp();
    texter.failNext(new Error('socket hang up'));
    expect(await send(order, 'm1.1')).toBe('unconfirmed');
    expect(await send(order, 'm1.2')).toBe('nothing-to-send');
    expect(texter.sent).toEqual([]);
    expect(await stored()).toMatchObject({ receipt: 'unconfirmed' });
  });

  it('puts the number on the network’s own list, after the text and also when none is sent any more (TC-06)', async () => {
    const { send, order, texter, listed, list } = await setUp();
    list.put = async (number) => {
      expect(texter.sent).toHaveLength(1);
      listed.push(number);
    };
    await send(order, 'm1.1');
    expect(listed).toEqual([NUMBER]);
    const late = await setUp();
    late.clock.pass(6 * MINUTES);
    await late.send(late.order, 'm1.1');
    expect(late.listed).toEqual([NUMBER]);
  });

  it('goes out, and only once, when the list does not answer', async () => {
    const { send, order, texter, list, troubles, stored } = await setUp();
    list.put = () => Promise.reject(new Error('down'));
    expect(await send(order, 'm1.1')).toBe('sent');
    expect(await send(order, 'm1.2')).toBe('nothing-to-send');
    expect([texter.sent.length, troubles.length]).toEqual([1, 1]);
    expect(await stored()).not.toHaveProperty('textTo');
  });

  it('that certainly did not go out puts nobody on the list yet', async () => {
    const { send, order, texter, listed } = await setUp();
    texter.failNext(new TextRefused('throttled'));
    await expect(send(order, 'm1.1')).rejects.toBeInstanceOf(TextRefused);
    expect(listed).toEqual([]);
  });

  it('is given up when the network holds back everything to the number', async () => {
    const { send, order, texter, stored } = await setUp();
    texter.failNext(new TextBarred('on the list'));
    expect(await send(order, 'm1.1')).toBe('undelivered');
    expect(await stored()).toMatchObject({ receipt: 'undelivered', status: { state: 'effective' } });
    expect(await stored()).not.toHaveProperty('textTo');
    expect(await send(order, 'm1.2')).toBe('nothing-to-send');
    expect(texter.sent).toEqual([]);
  });

  it('is owed to nobody whose request came by mail, or is answered by the carrier', async () => {
    const { send, order, texter } = await setUp({ textFrom: undefined });
    expect(await send(order, 'm1.1')).toBe('nothing-to-send');
    expect(texter.sent).toEqual([]);
  });

  it.each(testSettings.locales)('in %s fits one text, names the sender, and carries no question (TC-03)', (locale) => {
    const text = optedOutText({ strings: stringsFor(locale), controller: testSettings.controller });
    expectOneText(text);
    expect(text).not.toContain('@');
  });
});

describe('the answer to HELP (TC-06)', () => {
  async function askForHelp() {
    const world = await setUp();
    const wish = {
      ...sampleOptOut({ address: NUMBER, manner: 'sms', textFrom: OURS, requestId: 'req_help', scopes: [] }),
      status: { type: 'help', state: 'asked' },
      receivedAt: world.clock.now(),
    } as const;
    await world.book.enter(wish);
    return { ...world, help: { ...wish, receivedAt: wish.receivedAt.toISOString() } };
  }

  it('goes out once a day, and never in the way of the text that confirms an opt-out', async () => {
    const { send, help, order, texter, listed } = await askForHelp();
    expect(await send(help, 'm1.1')).toBe('sent');
    expect(listed).toEqual([]);
    expect(await send(help, 'm1.2')).toBe('nothing-to-send');
    expect(await send(order, 'm2.1')).toBe('sent');
    expect(texter.sent).toHaveLength(2);
  });

  it('is not sent after five minutes, and the number is forgotten', async () => {
    const { send, help, texter, clock, requests } = await askForHelp();
    clock.pass(5 * MINUTES);
    expect(await send(help, 'm1.1')).toBe('too-late');
    expect(await requests.read(help, clock.now())).not.toHaveProperty('textTo');
    expect(texter.sent).toEqual([]);
  });

  it.each(testSettings.locales)('in %s fits one text, and says who it is, how to stop and whom to ask', (locale) => {
    const { controller, sender } = testSettings;
    const text = helpText({ strings: stringsFor(locale), controller, contact: sender.address });
    expectOneText(text);
    expect(text).toContain('STOP');
    expect(text).toContain(sender.address);
  });
});

function expectOneText(text: string): void {
  expect(text).toContain('Example Shop Ltd');
  expect(text.length).toBeLessThanOrEqual(160);
  // GSM 03.38: one letter outside it halves what fits.
  expect(text).toMatch(/^[\w .,:;!'()/+-@àéèùìòäöüñÄÖÜÑßÉ]+$/);
  expect(text).not.toMatch(/https?:|www\.|\?/);
}
