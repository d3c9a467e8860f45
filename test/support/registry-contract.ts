import { describe, expect, it } from 'vitest';
import { dynamoConfirmationEffects } from '../../shared/adapters/dynamo/confirmation-effects.ts';
import { dynamoConfirmations } from '../../shared/adapters/dynamo/confirmations.ts';
import { dynamoExpiredItems } from '../../shared/adapters/dynamo/expired-items.ts';
import { requestKey, reviewKey, suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { dynamoMailClaims } from '../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequestBook, dynamoRequests, readLiving } from '../../shared/adapters/dynamo/requests.ts';
import { dynamoReviews } from '../../shared/adapters/dynamo/reviews.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, newToken } from '../../shared/adapters/ids.ts';
import { PAGE_MANNERS } from '../../shared/domain/burst.ts';
import type { Confirmation } from '../../shared/domain/confirmation.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import type { MailClaim } from '../../shared/domain/ports/mail-claims.ts';
import type { Request } from '../../shared/domain/request.ts';
import { parseScope, type Scope, type ScopeName } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { describeBursts } from './bursts-contract.ts';
import { describeComplaints } from './complaints-contract.ts';
import { describeDenials } from './denials-contract.ts';
import { describeErasures } from './erasures-contract.ts';
import { sampleOptOut } from './sample-opt-out.ts';

const START = new Date('2026-11-23T07:15:30.250Z');
const EMAIL = 'email:marketing' as ScopeName;
const NEVER = epochSeconds(2_000_000_000);

let people = 0;

/** A person of whom the table knows nothing yet. */
function someone(facts: Parameters<typeof sampleOptOut>[0] = {}): Request {
  people += 1;
  return sampleOptOut({
    address: `person-${people}@example.org`,
    requestId: newRequestId(),
    receivedAt: START,
    ...facts,
  });
}

/** What the same person asks another time. */
function again(request: Request, facts: Partial<Request>): Request {
  return { ...request, requestId: newRequestId(), ...facts };
}

function minutesLater(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

function linkTo(request: Request, facts: Partial<Confirmation> = {}): Confirmation {
  const { subjectKey, requestId, scopes, manner, receivedAt, locale } = request;
  const tokenHash = hashToken(newToken());
  return {
    tokenHash,
    purpose: 'confirm-mailbox',
    subjectKey,
    requestId,
    scopes,
    manner,
    receivedAt,
    locale,
    expiresAt: NEVER,
    ...facts,
  };
}

function claimOf(request: Request, facts: Partial<MailClaim> = {}): MailClaim {
  const confirmations = [linkTo(request), linkTo(request, { purpose: 'undo' })];
  return {
    kind: 'receipt',
    request,
    attemptId: newToken(),
    confirmations,
    now: START,
    expiresAt: inHours(24),
    ...facts,
  };
}

function inHours(hours: number) {
  return epochSeconds(Math.ceil(START.getTime() / 1000) + hours * 3600);
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

/** What the ports over the Registry promise, for whatever evaluates the expressions behind the SDK. Needs a table `registry`. */
export function describeRegistry(): void {
  const table = openTable('registry');
  const [optOuts, suppressions, requests] = [dynamoOptOuts(table), dynamoSuppressions(table), dynamoRequests(table)];
  const [confirmations, effects] = [dynamoConfirmations(table), dynamoConfirmationEffects(table)];
  const book = dynamoRequestBook(table);
  const [claims, expired] = [dynamoMailClaims(table), dynamoExpiredItems(table)];
  const reviews = dynamoReviews(table);
  const isSuppressed = async ({ subjectKey }: Request, scope: ScopeName = EMAIL, now = START) =>
    decide(await suppressions.read([subjectKey]), parseScope(scope) as Scope, now).isSuppressed;
  const attributesOf = (key: ItemKey) => readLiving(table, key, START);

  /** Presses the undo link of a request and, later, the button of step 2. */
  async function optBackIn(
    request: Request,
    step1At: Date,
    step2At: Date,
    meanwhile: () => Promise<unknown> = async () => {},
  ) {
    const undo = linkTo(request, { purpose: 'undo' });
    await claims.claim(claimOf(request, { confirmations: [undo], now: step1At, expiresAt: NEVER }));
    const optIn = again(request, {
      receivedAt: step1At,
      status: { type: 'opt-in', state: 'awaiting-confirmation' },
      receipt: 'none',
    });
    const step2 = linkTo(optIn, { purpose: 'opt-in' });
    expect(await effects.startOptIn(undo, step2, optIn)).toBe('done');
    expect(await effects.startOptIn(undo, step2, optIn)).toBe('already-used');
    await meanwhile();
    return { outcome: await effects.completeOptIn(step2, step2At), step2, optIn };
  }

  describeComplaints(table);
  describeDenials(table);
  describeBursts(table);
  describeErasures(table);

  describe('opt-outs', () => {
    it('are in force, and recorded, when the call resolves', async () => {
      const request = someone();
      await optOuts.record(request);
      expect(await isSuppressed(request)).toBe(true);
      expect(await requests.read(request, START)).toEqual(request);
    });

    it('are written once when the same request is repeated', async () => {
      const request = someone();
      await optOuts.record(request);
      await optOuts.record(request);
      expect(await attributesOf(suppressionKey(request.subjectKey))).toMatchObject({ version: 1 });
    });

    it('are all in force when one person sends several at once', async () => {
      const request = someone();
      const several = Array.from({ length: 5 }, () => again(request, {}));
      await Promise.all(several.map((one) => optOuts.record(one)));
      expect(await isSuppressed(request)).toBe(true);
      for (const one of several) expect(await requests.read(one, START)).toBeDefined();
    });

    it('change nothing when the very same scopes are out already', async () => {
      const request = someone({ scopes: [EMAIL], manner: 'one-click' });
      const repeat = again(request, {});
      expect(await optOuts.recordUnlessInForce(request)).toBe('recorded');
      expect(await optOuts.recordUnlessInForce(repeat)).toBe('already-in-force');
      expect(await requests.read(repeat, START)).toBeUndefined();
    });

    it.each(PAGE_MANNERS)('are on record beside one by %s, which may have been a program', async (manner) => {
      const pressed = someone({ scopes: [EMAIL], manner });
      await optOuts.record(pressed);
      const own = again(pressed, { manner: 'one-click' });
      expect(await optOuts.recordUnlessInForce(own)).toBe('recorded');
      expect(await optOuts.recordUnlessInForce(again(own, {}))).toBe('already-in-force');
    });

    it('are written once for an id, and not again after they were undone', async () => {
      const request = someone();
      expect(await optOuts.recordOnce(request)).toBe('recorded');
      await optBackIn(request, minutesLater(1), minutesLater(2));
      expect(await optOuts.recordOnce({ ...request, receivedAt: minutesLater(3) })).toBe('recorded-before');
      expect(await isSuppressed(request)).toBe(false);
      expect(await optOuts.recordOnce(again(request, { receivedAt: minutesLater(4) }))).toBe('recorded');
      expect(await isSuppressed(request)).toBe(true);
    });

    it('are recorded when one of the scopes is still open', async () => {
      const request = someone({ scopes: [EMAIL] });
      await optOuts.record(request);
      const more = again(request, { scopes: [EMAIL, 'sms:marketing' as ScopeName] });
      expect(await optOuts.recordUnlessInForce(more)).toBe('recorded');
      expect(await isSuppressed(request, 'sms:marketing' as ScopeName)).toBe(true);
    });

    it('stand when a later and broader one is undone, and are recorded anew when they are repeated', async () => {
      const narrow = someone({ scopes: [EMAIL], manner: 'one-click' });
      await optOuts.record(narrow);
      const broad = again(narrow, { scopes: ['any:marketing' as ScopeName], receivedAt: minutesLater(1) });
      await optOuts.record(broad);
      expect((await optBackIn(broad, minutesLater(2), minutesLater(3))).outcome).toBe('done');
      expect(await isSuppressed(narrow)).toBe(true);
      expect(await isSuppressed(narrow, 'sms:marketing' as ScopeName)).toBe(false);

      const oneClick = again(narrow, { receivedAt: minutesLater(4) });
      expect(await optOuts.recordUnlessInForce(oneClick)).toBe('recorded');
      expect(await isSuppressed(narrow)).toBe(true);
      expect(await optOuts.recordUnlessInForce(again(oneClick, { receivedAt: minutesLater(5) }))).toBe(
        'already-in-force',
      );
    });

    it('never end: the item has no TTL attribute (CS-08)', async () => {
      const request = someone();
      await optOuts.record(request);
      await optOuts.recordUnlessInForce(again(request, { scopes: [EMAIL] }));
      await optBackIn(request, minutesLater(1), minutesLater(2));
      expect(await attributesOf(suppressionKey(request.subjectKey))).not.toHaveProperty('expiresAt');
    });

    it('are found for many people at once, in the order asked', async () => {
      const known = someone();
      await optOuts.record(known);
      const asked = [...Array.from({ length: 149 }, () => someone()), known];
      const choices = await suppressions.readMany(asked.map(({ subjectKey }) => [subjectKey]));
      expect(choices.map((one) => Object.keys(one).length)).toEqual([...Array(149).fill(0), 2]);
    });
  });

  describe('pauses', () => {
    const ALL = 'any:marketing' as ScopeName;
    const pauseOf = (request: Request, days: number, at = START): Request => {
      const until = new Date(at.getTime() + days * 86_400_000);
      const status = { type: 'pause', state: 'effective', days, until } as const;
      return again(request, { scopes: [ALL], receivedAt: at, status, receipt: 'none' });
    };

    it('hold, and are on record, until their end', async () => {
      const person = someone();
      const pause = pauseOf(person, 30);
      await optOuts.record(pause);
      expect(await requests.read(pause, START)).toMatchObject({ status: pause.status });
      expect(await isSuppressed(person, EMAIL, minutesLater(30 * 24 * 60 - 1))).toBe(true);
      expect(await isSuppressed(person, EMAIL, minutesLater(30 * 24 * 60))).toBe(false);
    });

    it('leave an opt-out of the same scope as it is', async () => {
      const person = someone({ scopes: [ALL] });
      await optOuts.record(person);
      const before = (await suppressions.read([person.subjectKey]))[ALL];
      await optOuts.record(pauseOf(person, 30, minutesLater(1)));
      expect((await suppressions.read([person.subjectKey]))[ALL]).toEqual(before);
      expect(await isSuppressed(person, EMAIL, minutesLater(90 * 24 * 60))).toBe(true);
    });

    it('do not stand for an opt-out: the next one is recorded', async () => {
      const person = someone({ scopes: [ALL] });
      await optOuts.record(pauseOf(person, 30));
      expect(await optOuts.recordUnlessInForce(person)).toBe('recorded');
    });

    it('are not shortened by a shorter one', async () => {
      const person = someone();
      await optOuts.record(pauseOf(person, 90));
      await optOuts.record(pauseOf(person, 30, minutesLater(1)));
      expect(await isSuppressed(person, EMAIL, minutesLater(60 * 24 * 60))).toBe(true);
    });

    it('made between the two steps of an opt-in hold', async () => {
      const request = someone({ scopes: [EMAIL] });
      await optOuts.record(request);
      const { outcome } = await optBackIn(request, minutesLater(1), minutesLater(3), () =>
        optOuts.record(pauseOf(request, 30, minutesLater(2))),
      );
      expect(outcome).toBe('newer-choice');
    });

    it('never end in the store by themselves: the item has no TTL attribute (CS-08)', async () => {
      const person = someone();
      await optOuts.record(pauseOf(person, 30));
      expect(await attributesOf(suppressionKey(person.subjectKey))).not.toHaveProperty('expiresAt');
    });
  });

  describe('wishes', () => {
    it('are on record, with the words that were shown, and change no choice', async () => {
      const status = { type: 'opt-in', state: 'awaiting-confirmation' } as const;
      const wish: Request = { ...someone(), status, wording: 'en-1234', manner: 'preference-page' };
      await book.enter(wish);
      expect(await requests.read(wish, START)).toEqual(wish);
      expect(await suppressions.read([wish.subjectKey])).toEqual({});
    });

    it('are entered once when the same wish is repeated, whatever became of it meanwhile', async () => {
      const wish: Request = { ...someone(), status: { type: 'preferences-link', state: 'asked' } };
      await book.enter(wish);
      await claims.settle(wish, 'sent');
      await book.enter(wish);
      expect(await attributesOf(requestKey(wish))).toMatchObject({ receipt: 'sent', version: 2 });
    });
  });

  describe('links', () => {
    async function issue(facts: Partial<Confirmation> = {}) {
      const request = someone();
      const link = linkTo(request, facts);
      await optOuts.record(request);
      await claims.claim(claimOf(request, { confirmations: [link] }));
      return { request, link };
    }

    it('work once (EM-03)', async () => {
      const { request, link } = await issue();
      expect(await effects.confirmMailbox(link, START)).toBe('done');
      expect(await effects.confirmMailbox(link, START)).toBe('already-used');
      expect(await requests.read(request, START)).toMatchObject({ confirmedAt: START });
      expect(await confirmations.find(link.tokenHash, START)).toMatchObject({ consumedAt: START });
    });

    it('do nothing when they are over, deleted or not (DD-02)', async () => {
      const { request, link } = await issue({ expiresAt: inHours(1) });
      const end = new Date(inHours(1) * 1000);
      expect(await effects.confirmMailbox(link, end)).toBe('already-used');
      expect(await confirmations.find(link.tokenHash, end)).toBeUndefined();
      expect(await requests.read(request, START)).not.toHaveProperty('confirmedAt');
    });

    it('do nothing for another purpose or when nobody issued them', async () => {
      const { request, link } = await issue({ purpose: 'undo' });
      expect(await effects.confirmMailbox({ ...link, purpose: 'confirm-mailbox' }, START)).toBe('already-used');
      expect(await effects.confirmMailbox(linkTo(request), START)).toBe('already-used');
    });

    it('lift an opt-out in two steps, the second once', async () => {
      const request = someone();
      await optOuts.record(request);
      const { outcome, step2, optIn } = await optBackIn(request, minutesLater(1), minutesLater(2));
      expect(outcome).toBe('done');
      expect(await isSuppressed(request)).toBe(false);
      expect(await effects.completeOptIn(step2, minutesLater(3))).toBe('already-used');
      expect(await requests.read(optIn, START)).toMatchObject({ status: { state: 'effective' } });
    });

    it.each(['any:marketing', 'email:marketing', 'email:marketing:weekly', 'sms:marketing'])(
      'lift nothing when %s was opted out between the steps',
      async (scope) => {
        const request = someone({ scopes: [EMAIL] });
        await optOuts.record(request);
        const newer = again(request, { scopes: [scope as ScopeName], receivedAt: minutesLater(2) });
        const { outcome, step2 } = await optBackIn(request, minutesLater(1), minutesLater(3), () =>
          optOuts.record(newer),
        );
        expect(outcome).toBe('newer-choice');
        expect(await isSuppressed(request)).toBe(true);
        expect(await confirmations.find(step2.tokenHash, START)).not.toHaveProperty('consumedAt');
      },
    );
  });

  describe('mail claims', () => {
    it('are given once a day for an address, with their links (EM-09)', async () => {
      const request = someone();
      const claim = claimOf(request);
      expect(await claims.claim(claim)).toBe('claimed');
      const second = claimOf(request);
      expect(await claims.claim(second)).toBe('claimed-before');
      expect(await claims.claim(claimOf(again(request, {})))).toBe('withheld');
      for (const { tokenHash } of claim.confirmations) expect(await confirmations.find(tokenHash, START)).toBeDefined();
      for (const { tokenHash } of second.confirmations)
        expect(await confirmations.find(tokenHash, START)).toBeUndefined();
    });

    it('of one kind stand in the way of no other', async () => {
      const request = someone();
      await claims.claim(claimOf(request));
      expect(await claims.claim(claimOf(again(request, {}), { kind: 'preferences-link' }))).toBe('claimed');
      expect(await claims.claim(claimOf(again(request, {}), { kind: 'opt-in' }))).toBe('claimed');
      expect(await claims.claim(claimOf(again(request, {}), { kind: 'opt-in' }))).toBe('withheld');
    });

    it('are given again when the day is over, whether or not the guard is deleted (DD-02)', async () => {
      const request = someone();
      await claims.claim(claimOf(request));
      const nextDay = new Date(inHours(24) * 1000);
      expect(await claims.claim(claimOf(again(request, {}), { now: nextDay, expiresAt: inHours(48) }))).toBe('claimed');
    });

    it('can be given back by their own attempt only, links included', async () => {
      const request = someone();
      const claim = claimOf(request);
      await claims.claim(claim);
      await claims.release(claimOf(request));
      expect(await claims.claim(claimOf(request))).toBe('claimed-before');
      await claims.release(claim);
      for (const { tokenHash } of claim.confirmations)
        expect(await confirmations.find(tokenHash, START)).toBeUndefined();
      expect(await claims.claim(claimOf(request))).toBe('claimed');
    });

    it('settle what is pending and forget the address', async () => {
      const request = someone();
      await optOuts.record(request);
      await claims.settle(request, 'withheld');
      const settled = await requests.read(request, START);
      expect(settled).toMatchObject({ receipt: 'withheld' });
      expect(settled).not.toHaveProperty('mailTo');
      await claims.settle(request, 'unconfirmed');
      expect(await requests.read(request, START)).toMatchObject({ receipt: 'withheld' });
    });

    it('let "sent" stand over everything, and change nothing when it is said twice', async () => {
      const request = someone();
      await optOuts.record(request);
      await claims.settle(request, 'unconfirmed');
      await claims.settle(request, 'sent');
      await claims.settle(request, 'sent');
      await claims.settle(request, 'unconfirmed');
      expect(await attributesOf(requestKey(request))).toMatchObject({ receipt: 'sent', version: 3 });
    });

    it('let what SES tells later stand over "sent", in whatever order it comes (SE-05)', async () => {
      const request = someone();
      await optOuts.record(request);
      for (const state of ['delivered', 'sent', 'delivered'] as const) await claims.settle(request, state);
      expect(await attributesOf(requestKey(request))).toMatchObject({ receipt: 'delivered', version: 2 });
      for (const state of ['undelivered', 'delivered', 'sent'] as const) await claims.settle(request, state);
      expect(await attributesOf(requestKey(request))).toMatchObject({ receipt: 'undelivered', version: 3 });
    });

    it('settle nothing of a request that is gone', async () => {
      const request = someone();
      await claims.settle(request, 'sent');
      expect(await requests.read(request, START)).toBeUndefined();
    });
  });

  describe('reviews', () => {
    it('are opened once, and hold where the mail lies and nothing of it', async () => {
      const { subjectKey } = someone();
      const review = {
        reviewId: 'rev_1',
        ...{ subjectKey, kind: 'rights-request' as const, intents: ['erasure'], objectKey: 'inbound-mail/1' },
        ...{ receivedAt: START, expiresAt: NEVER },
      } as const;
      await reviews.open(review);
      await reviews.open({ ...review, objectKey: 'inbound-mail/2' });
      const { pk: _, sk, ...item } = (await attributesOf(reviewKey(review))) ?? {};
      expect([sk, item]).toEqual(['REVIEW#rev_1', { ...review, receivedAt: START.toISOString(), version: 1 }]);
    });

    it('may be of nobody known', async () => {
      const kind = 'unreadable' as const;
      const review = {
        reviewId: 'rev_2',
        kind,
        intents: [],
        objectKey: 'x',
        receivedAt: START,
        expiresAt: NEVER,
      } as const;
      await reviews.open(review);
      expect(await attributesOf(reviewKey(review))).toMatchObject({ pk: 'REVIEW#rev_2', kind });
    });
  });

  describe('expired items', () => {
    it('are invisible to every read (DD-02)', async () => {
      const request = someone();
      await optOuts.record(request);
      expect(await requests.read(request, new Date(request.expiresAt * 1000))).toBeUndefined();
      expect(await isSuppressed(request)).toBe(true);
    });

    it('are listed and removed; items with a later end or none are not', async () => {
      const over = someone({ receivedAt: new Date('2020-01-01T00:00:00Z') });
      const living = someone();
      await optOuts.record(over);
      await optOuts.record(living);
      const time = inHours(0);
      const listed = (await all(expired.listEndedBefore(time))).map(({ pk, sk }) => ({ pk, sk }));
      expect(listed).toContainEqual(requestKey(over));
      for (const key of [requestKey(living), suppressionKey(over.subjectKey)]) expect(listed).not.toContainEqual(key);
      expect(await expired.remove(requestKey(over), time)).toBe('removed');
      expect(await expired.remove(requestKey(over), time)).toBe('kept');
      expect(await expired.remove(requestKey(living), time)).toBe('kept');
      expect(await expired.remove(suppressionKey(over.subjectKey), time)).toBe('kept');
      expect(await isSuppressed(over)).toBe(true);
    });
  });
}
