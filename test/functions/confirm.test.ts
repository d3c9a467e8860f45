import { describe, expect, it } from 'vitest';
import { confirm } from '../../functions/confirm/confirm.ts';
import { confirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { confirmationKey } from '../../shared/adapters/dynamo/keys.ts';
import type { ConfirmationPurpose } from '../../shared/domain/confirmation.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { LINK_HOURS } from '../../shared/domain/policy.ts';
import type { Scope, ScopeName } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { followUpToken, hashToken } from '../../shared/domain/token.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { countingRequestIds, testClock } from '../support/test-clock.ts';

const EMAIL: Scope = { channel: 'email', purpose: 'marketing' };

async function setUp() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const optOut = sampleOptOut();
  await registry.optOuts.record(optOut);
  clock.pass(1);
  const { confirmations, effects, table, suppressions } = registry;
  const press = confirm({
    confirmations,
    effects,
    newRequestId: countingRequestIds(),
    now: clock.now,
    wordingOf: (locale) => `words of ${locale}`,
    requestDays: 760,
  });
  /** Puts a mailed link into the table, as send-mail does; resolves with its token. */
  const mail = (purpose: ConfirmationPurpose, token = `token-${purpose}`) => {
    const { subjectKey, requestId, scopes, manner, receivedAt, locale } = optOut;
    const tokenHash = hashToken(token);
    const expiresAt = secondsAfter(clock.now(), LINK_HOURS[purpose], 'hours');
    const item = confirmationItem({
      tokenHash,
      purpose,
      subjectKey,
      requestId,
      scopes,
      manner,
      receivedAt,
      locale,
      expiresAt,
    });
    table.transact([{ key: confirmationKey({ tokenHash }), apply: () => item }]);
    return token;
  };
  const isSuppressed = async (scope = EMAIL) =>
    decide(await suppressions.read([optOut.subjectKey]), scope, clock.now()).isSuppressed;
  const optOutAgain = (scope: ScopeName) =>
    registry.optOuts.record(sampleOptOut({ scopes: [scope], receivedAt: clock.now(), requestId: 'req_again' }));
  return { ...registry, clock, press, mail, isSuppressed, optOut, optOutAgain };
}

type Outcome = Awaited<ReturnType<ReturnType<typeof confirm>>>;

function nextToken(confirmed: Outcome): string {
  if (confirmed.outcome !== 'step-2') throw new Error(`There is no step 2 after ${confirmed.outcome}`);
  return confirmed.token;
}

describe('the confirm link', () => {
  it('marks the request as confirmed by the mailbox’s owner, and the opt-out stays', async () => {
    const { press, mail, requests, clock, optOut, isSuppressed } = await setUp();
    expect(await press(mail('confirm-mailbox'))).toMatchObject({ outcome: 'mailbox-confirmed' });
    expect(await requests.read(optOut, clock.now())).toEqual({ ...optOut, confirmedAt: clock.now() });
    expect(await isSuppressed()).toBe(true);
  });

  it('works once (EM-03)', async () => {
    const { press, mail, table } = await setUp();
    const token = mail('confirm-mailbox');
    await press(token);
    const before = table.items();
    expect(await press(token)).toEqual({ outcome: 'unknown-link' });
    expect(table.items()).toEqual(before);
  });

  it('has one winner when two press at once (EM-03)', async () => {
    const { press, mail } = await setUp();
    const token = mail('confirm-mailbox');
    const outcomes = (await Promise.all([press(token), press(token)])).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['mailbox-confirmed', 'unknown-link']);
  });

  it('is over at its end, though DynamoDB has not deleted it (EM-03, DD-02)', async () => {
    const { press, mail, clock, table } = await setUp();
    const token = mail('confirm-mailbox');
    const before = table.items();
    clock.pass(28 * 24 + 0.001);
    expect(await press(token)).toEqual({ outcome: 'unknown-link' });
    expect(table.items()).toEqual(before);
  });
});

describe('the undo link', () => {
  it('leaves the opt-out in force at step 1 (CC-15)', async () => {
    const { press, mail, isSuppressed, table } = await setUp();
    const confirmed = await press(mail('undo'));
    expect(confirmed).toMatchObject({
      outcome: 'step-2',
      link: { purpose: 'opt-in', scopes: ['any:marketing', 'any:sale-share'] },
    });
    expect(await isSuppressed()).toBe(true);
    const wish = table.items().find(({ type }) => type === 'opt-in');
    expect(wish).toMatchObject({ state: 'awaiting-confirmation', manner: 'undo-link', wording: 'words of en' });
    expect(wish).not.toHaveProperty('mailTo');
  });

  it('lifts at step 2, and both steps are dated (CC-15)', async () => {
    const { press, mail, isSuppressed, clock, table } = await setUp();
    const step1At = clock.now();
    const step2 = nextToken(await press(mail('undo')));
    clock.pass(0.5);
    expect(await press(step2)).toMatchObject({ outcome: 'opted-in' });
    expect(await isSuppressed()).toBe(false);
    expect(await isSuppressed({ channel: 'any', purpose: 'sale-share' })).toBe(false);
    const wish = table.items().find(({ type }) => type === 'opt-in');
    expect(wish).toMatchObject({
      state: 'effective',
      receivedAt: step1At.toISOString(),
      confirmedAt: clock.now().toISOString(),
    });
  });

  it('shows the same step 2 when step 1 is pressed again after a lost answer, and records one wish', async () => {
    const { press, mail, table, clock } = await setUp();
    const undo = mail('undo');
    const first = nextToken(await press(undo));
    clock.pass(1);
    const before = table.items();
    expect(nextToken(await press(undo))).toBe(first);
    expect(table.items()).toEqual(before);
    expect(first).toBe(followUpToken(undo));
  });

  it('leads to one step 2 when two press at once', async () => {
    const { press, mail, table } = await setUp();
    const undo = mail('undo');
    const [one, two] = (await Promise.all([press(undo), press(undo)])).map(nextToken);
    expect(one).toBe(two);
    expect(table.items().filter(({ type }) => type === 'opt-in')).toHaveLength(1);
  });

  it('does nothing more once step 2 is done: replays of either fail (CC-15)', async () => {
    const { press, mail, optOutAgain, isSuppressed, clock } = await setUp();
    const undo = mail('undo');
    const step2 = nextToken(await press(undo));
    await press(step2);
    clock.pass(1);
    await optOutAgain('any:marketing' as ScopeName);
    expect(await press(step2)).toEqual({ outcome: 'unknown-link' });
    expect(await press(undo)).toEqual({ outcome: 'unknown-link' });
    expect(await isSuppressed()).toBe(true);
  });

  it.each([
    ['step 1', 0, 28 * 24],
    ['step 2', 1, 24],
  ])('is over at the end of %s, though DynamoDB has not deleted it (EM-03, DD-02)', async (_, steps, hours) => {
    const { press, mail, clock, isSuppressed } = await setUp();
    const undo = mail('undo');
    const token = steps === 0 ? undo : nextToken(await press(undo));
    clock.pass(hours + 0.001);
    expect(await press(token)).toEqual({ outcome: 'unknown-link' });
    expect(await isSuppressed()).toBe(true);
  });

  it.each(['any:marketing', 'email:marketing', 'any:any', 'email:marketing:weekly', 'sms:any'])(
    'gives way to an opt-out of %s that was made between the steps',
    async (scope) => {
      const { press, mail, optOutAgain, isSuppressed, clock, table } = await setUp();
      const step2 = nextToken(await press(mail('undo')));
      clock.pass(1);
      await optOutAgain(scope as ScopeName);
      clock.pass(1);
      const before = table.items();
      expect(await press(step2)).toMatchObject({ outcome: 'choice-changed-meanwhile' });
      expect(table.items()).toEqual(before);
      expect(await isSuppressed()).toBe(true);
    },
  );

  it('cannot be reached without the mailed token: what is stored opens nothing (EM-02)', async () => {
    const { press, mail, isSuppressed } = await setUp();
    const undo = mail('undo');
    await press(undo);
    for (const stored of [hashToken(undo), followUpToken(hashToken(undo)), hashToken(followUpToken(undo))])
      expect(await press(stored)).toEqual({ outcome: 'unknown-link' });
    expect(await isSuppressed()).toBe(true);
  });
});

describe('any other link', () => {
  it.each(['', 'x', 'token-undo '])('%j does nothing', async (token) => {
    const { press, mail, table } = await setUp();
    mail('undo');
    const before = table.items();
    expect(await press(token)).toEqual({ outcome: 'unknown-link' });
    expect(table.items()).toEqual(before);
  });
});
