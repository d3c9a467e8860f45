import { describe, expect, it } from 'vitest';
import { readChange } from '../../functions/change-preferences/change-asked.ts';
import { changePreferences } from '../../functions/change-preferences/change-preferences.ts';
import { confirm } from '../../functions/confirm/confirm.ts';
import { type ComposeMail, sendMail } from '../../functions/send-mail/send-mail.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import { parseScope, type Scope, type ScopeName } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import type { Locale } from '../../shared/settings.ts';
import { memoryMailer } from '../support/memory-mailer.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sameText } from '../support/same-text.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { countingRequestIds, countingTokens, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const LISTS = ['weekly'];
const form = (fields: [string, string][]) => new URLSearchParams(fields);

async function setUp(address = 'jane@example.org') {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const { links, subjectKeys } = testKeyRing();
  const identifier = identify(address);
  const newRequestId = countingRequestIds();
  const made = { newRequestId, now: clock.now, wordingOf: (locale: string) => `words of ${locale}`, requestDays: 760 };
  const change = changePreferences({ ...registry, links, subjectKeys, ...made, publicUrl: TEST_PUBLIC_URL });
  const token = await links.seal({ use: 'preferences', identifier, locale: 'de' });
  const localeOf = (fromLink: string | undefined) => (fromLink ?? 'en') as Locale;
  const press = (fields: [string, string][], by = token) =>
    change({ token: by, change: readChange(form(fields), LISTS), localeOf });
  const subjectKey = subjectKeys.current(identifier);
  const isSuppressed = async (scope: string) =>
    decide(await registry.suppressions.read([subjectKey]), parseScope(scope) as Scope, clock.now()).isSuppressed;
  const pressMail = confirm({ ...registry, ...made });
  return { ...registry, clock, press, isSuppressed, subjectKey, pressMail };
}

describe('changePreferences', () => {
  it('stops everything by one button, in force when it resolves (CS-05, CC-30)', async () => {
    const { press, isSuppressed, table } = await setUp();
    const changed = await press([['stop', 'everything']]);
    expect(changed).toMatchObject({
      outcome: 'stopped',
      locale: 'de',
      request: { manner: 'preference-page', receipt: 'pending' },
    });
    for (const scope of ['email:marketing:weekly', 'sms:marketing', 'any:sale-share', 'any:profiling'])
      expect(await isSuppressed(scope)).toBe(true);
    expect(table.changes().map(({ itemType }) => itemType)).toEqual(['suppression', 'request']);
  });

  it('stops one thing and nothing else', async () => {
    const { press, isSuppressed } = await setUp();
    await press([['stop', 'email:marketing:weekly']]);
    expect(await isSuppressed('email:marketing:weekly')).toBe(true);
    expect(await isSuppressed('email:marketing')).toBe(false);
  });

  it('gives a receipt that can be checked (CC-10)', async () => {
    const { press, requests, clock } = await setUp();
    const changed = await press([['stop', 'sms:marketing']]);
    if (changed.outcome !== 'stopped') throw new Error(changed.outcome);
    const claims = await testKeyRing().links.open('receipt', changed.receiptUrl.replace(`${TEST_PUBLIC_URL}/r/`, ''));
    expect(claims && (await requests.read(claims, clock.now()))).toMatchObject({ scopes: ['sms:marketing'] });
  });

  it.each([30, 60, 90])(
    'pauses all marketing for %i days, without a mail and without touching an opt-out',
    async (days) => {
      const { press, isSuppressed, clock } = await setUp();
      await press([['stop', 'email:marketing:weekly']]);
      const changed = await press([['pause', String(days)]]);
      expect(changed).toMatchObject({ outcome: 'paused', until: new Date(clock.now().getTime() + days * 86_400_000) });
      expect(changed).toMatchObject({ request: { receipt: 'none' } });
      clock.pass(days * 24 - 0.001);
      expect(await isSuppressed('sms:marketing')).toBe(true);
      clock.pass(0.001);
      expect(await isSuppressed('sms:marketing')).toBe(false);
      expect(await isSuppressed('email:marketing:weekly')).toBe(true);
    },
  );

  it('only takes down the wish to allow something again; nothing is lifted (CC-15)', async () => {
    const { press, isSuppressed, table, subjectKey } = await setUp();
    await press([['stop', 'everything']]);
    const choices = table.items().find(({ sk }) => sk === 'SUPPRESSION');
    const changed = await press([
      ['again', 'email:marketing'],
      ['again', 'any:sale-share'],
    ]);
    expect(changed).toMatchObject({ outcome: 'mail-follows' });
    expect(table.items().find(({ sk }) => sk === 'SUPPRESSION')).toEqual(choices);
    expect(await isSuppressed('email:marketing')).toBe(true);
    expect(table.changes().at(-1)).toMatchObject({
      kind: 'INSERT',
      after: {
        subjectKey,
        type: 'opt-in',
        state: 'awaiting-confirmation',
        scopes: ['email:marketing', 'any:sale-share'],
        manner: 'preference-page',
        wording: 'words of de',
        receipt: 'pending',
        mailTo: 'jane@example.org',
      },
    });
    expect(table.items().some(({ pk }) => String(pk).startsWith('CONFIRMATION#'))).toBe(false);
  });

  it('is always open to who asks by themselves, also a day after the opt-out (CC-16)', async () => {
    const { press, clock } = await setUp();
    await press([['stop', 'everything']]);
    clock.pass(24);
    expect(await press([['again', 'email:marketing']])).toMatchObject({ outcome: 'mail-follows' });
  });

  it.each([
    ['nothing was ticked', 'jane@example.org', []],
    ['a scope is none', 'jane@example.org', [['again', 'pager:marketing']]],
    ['a list is unknown', 'jane@example.org', [['again', 'email:marketing:jane@example.org']]],
    ['a pause has another length', 'jane@example.org', [['pause', '36500']]],
    ['the address takes no mail', '+49 30 123456', [['again', 'sms:marketing']]],
  ] as [string, string, [string, string][]][])('does nothing when %s', async (_, address, fields) => {
    const { press, table } = await setUp(address);
    expect(await press(fields)).toEqual({ outcome: 'nothing-chosen', locale: 'de' });
    expect(table.items()).toEqual([]);
  });

  it('does nothing by a link that is not ours', async () => {
    const { press, table } = await setUp();
    expect(await press([['stop', 'everything']], 'broken')).toEqual({ outcome: 'unknown-link' });
    expect(table.items()).toEqual([]);
  });
});

describe('allowing something again', () => {
  /** Asks on the page, and lets the mail with step 2 be sent. */
  async function ask(scope: string) {
    const heed = await setUp();
    await heed.press([['stop', 'everything']]);
    heed.clock.pass(1);
    const asked = await heed.press([['again', scope]]);
    if (asked.outcome !== 'mail-follows') throw new Error(asked.outcome);
    const step1At = heed.clock.now();
    const mailer = memoryMailer();
    const text: ComposeMail = (_, { singleUse }) => ({ subject: 'Step 2', text: singleUse('opt-in'), html: '' });
    const texts = sameText(text);
    const ports = {
      ...heed,
      links: testKeyRing().links,
      mailer,
      texts,
      newToken: countingTokens(),
      now: heed.clock.now,
    };
    const { subjectKey, requestId } = asked.request;
    await sendMail({ ...ports, publicUrl: '' })({ kind: 'opt-in', subjectKey, requestId }, 'm1.1');
    heed.clock.pass(1);
    return { ...heed, request: asked.request, step1At, token: mailer.sent[0]?.text.replace('/c/', '') ?? '' };
  }

  it('takes the button of the mailed link; both dates and the words are on record (CC-15)', async () => {
    const { pressMail, token, isSuppressed, requests, request, step1At, clock, suppressions, subjectKey } =
      await ask('email:marketing');
    expect(await isSuppressed('email:marketing')).toBe(true);
    expect(await pressMail(token)).toMatchObject({ outcome: 'opted-in' });
    expect(await isSuppressed('email:marketing')).toBe(false);
    expect(await isSuppressed('sms:marketing')).toBe(true);
    expect(await requests.read(request, clock.now())).toMatchObject({
      receivedAt: step1At,
      confirmedAt: clock.now(),
      wording: 'words of de',
      status: { type: 'opt-in', state: 'effective' },
    });
    const choices = await suppressions.read([subjectKey]);
    expect(choices['email:marketing']).toMatchObject({ state: 'opted-in', manner: 'preference-page' });
  });

  it('works once (EM-03)', async () => {
    const { pressMail, token, press, isSuppressed, clock } = await ask('email:marketing');
    await pressMail(token);
    clock.pass(1);
    await press([['stop', 'email:marketing']]);
    expect(await pressMail(token)).toEqual({ outcome: 'unknown-link' });
    expect(await isSuppressed('email:marketing')).toBe(true);
  });

  it.each([
    ['stop', 'sms:marketing'],
    ['pause', '30'],
  ] as const)('leaves the newer choice in force when the person chose %s %s meanwhile', async (field, value) => {
    const { pressMail, token, press, isSuppressed } = await ask('email:marketing');
    await press([[field, value]]);
    expect(await pressMail(token)).toMatchObject({ outcome: 'choice-changed-meanwhile' });
    expect(await isSuppressed('email:marketing')).toBe(true);
  });

  it('ends after 24 hours (EM-03)', async () => {
    const { pressMail, token, clock, isSuppressed } = await ask('email:marketing');
    clock.pass(24);
    expect(await pressMail(token)).toEqual({ outcome: 'unknown-link' });
    expect(await isSuppressed('email:marketing')).toBe(true);
  });
});

describe('readChange', () => {
  it('takes whoever asks to stop for nothing else', () => {
    const fields = form([
      ['again', 'email:marketing'],
      ['pause', '30'],
      ['stop', 'sms:marketing'],
    ]);
    expect(readChange(fields, LISTS)).toEqual({ kind: 'stop', scopes: ['sms:marketing'] });
  });

  it.each(['', 'pager:marketing', 'email:marketing:gone'])('stops everything rather than too little for %j', (stop) => {
    expect(readChange(form([['stop', stop]]), LISTS)).toEqual({ kind: 'stop', scopes: DEFAULT_OPT_OUT_SCOPES });
  });

  it('takes each scope once', () => {
    const again = form([
      ['again', 'email:marketing'],
      ['again', 'email:marketing'],
    ]);
    expect(readChange(again, LISTS)).toEqual({ kind: 'allow-again', scopes: ['email:marketing' as ScopeName] });
  });
});
