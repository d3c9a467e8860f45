import { describe, expect, it } from 'vitest';
import { LISTED_BY_SES, LISTED_FOR_TEXTS } from '../../functions/reconcile-suppression-list/listed.ts';
import { reconcileSuppressionList } from '../../functions/reconcile-suppression-list/reconcile-suppression-list.ts';
import type { ListedAddress } from '../../shared/domain/ports/suppression-list.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { subjectKeys } = testKeyRing();
const since = new Date('2026-11-01T00:00:00Z');
const listed = (address: string, time = since): ListedAddress => ({ address, since: time });

function setUp(...pages: ListedAddress[][]) {
  return setUpWith(LISTED_BY_SES, ...pages);
}

function setUpWith(meaning: typeof LISTED_BY_SES, ...pages: ListedAddress[][]) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const asked: Date[] = [];
  const list = {
    listSince: async function* (time: Date) {
      asked.push(time);
      yield* pages;
    },
  };
  const reconcile = reconcileSuppressionList({
    ...{ ...registry, list, subjectKeys, now: clock.now, locale: 'en', requestDays: 760, listed: meaning },
  });
  const choices = (address: string) => registry.suppressions.read([subjectKeys.current(identify(address))]);
  return { ...registry, clock, reconcile, choices, asked };
}

describe("reconcileSuppressionList (SES's own list, SE-03)", () => {
  it('opts out of marketing by e-mail whoever stands there, page by page, and writes to nobody', async () => {
    const { reconcile, choices, table } = setUp(
      [listed('a@example.org'), listed('b@example.org')],
      [],
      [listed('C@example.org')],
    );
    expect(await reconcile()).toEqual({ listed: 3, recorded: 3 });
    for (const name of ['a', 'b', 'c']) {
      expect(await choices(`${name}@example.org`)).toMatchObject({ 'email:marketing': { manner: 'ses-list' } });
    }
    expect(table.items().flatMap(({ receipt }) => receipt ?? [])).toEqual(['none', 'none', 'none']);
  });

  it('writes nothing the second time', async () => {
    const { reconcile, table, clock } = setUp([listed('a@example.org')]);
    await reconcile();
    const items = table.items();
    clock.pass(1);
    expect(await reconcile()).toEqual({ listed: 1, recorded: 0 });
    expect(table.items()).toEqual(items);
  });

  it('leaves alone who opted out already, by whatever scope that covers it', async () => {
    const { reconcile, optOuts, table } = setUp([listed('jane@example.org')]);
    await optOuts.record(sampleOptOut());
    const items = table.items();
    expect(await reconcile()).toEqual({ listed: 1, recorded: 0 });
    expect(table.items()).toEqual(items);
  });

  it('opts out who has only paused: a pause ends, and what the list says does not', async () => {
    const { reconcile, optOuts, choices } = setUp([listed('jane@example.org')]);
    const until = new Date('2026-12-23T07:15:30.250Z');
    await optOuts.record({ ...sampleOptOut(), status: { type: 'pause', state: 'effective', days: 30, until } });
    expect(await reconcile()).toEqual({ listed: 1, recorded: 1 });
    expect(await choices('jane@example.org')).toMatchObject({ 'email:marketing': { state: 'opted-out' } });
  });

  it('does not opt out again who opted in since, until the address is listed anew', async () => {
    const pages = [[listed('a@example.org')]];
    const { reconcile, table, choices } = setUp(...pages);
    await reconcile();
    const [suppression] = table.items().filter(({ sk }) => sk === 'SUPPRESSION');
    const key = { pk: String(suppression?.pk), sk: 'SUPPRESSION' };
    table.transact([{ key, apply: () => undefined }]);
    expect(await reconcile()).toMatchObject({ recorded: 0 });
    pages[0]?.splice(0, 1, listed('a@example.org', new Date('2026-11-20T00:00:00Z')));
    expect(await reconcile()).toMatchObject({ recorded: 1 });
    expect(await choices('a@example.org')).toHaveProperty('email:marketing');
  });

  it('looks back for as long as records tell what was taken over', async () => {
    const { reconcile, asked, clock } = setUp();
    await reconcile();
    expect(asked).toEqual([new Date(clock.now().getTime() - 760 * 86_400_000)]);
  });

  it('passes over what is no address, and rejects when the store does', async () => {
    const { reconcile, optOuts } = setUp([listed('nobody'), listed('a@example.org')]);
    optOuts.recordOnce = () => Promise.reject(new Error('down'));
    await expect(reconcile()).rejects.toThrow('down');
    expect(await setUp([listed('nobody')]).reconcile()).toEqual({ listed: 1, recorded: 0 });
  });
});

describe("reconcileSuppressionList (AWS's own list of texts, TC-06)", () => {
  const NUMBER = '+14155550123';

  it('opts a planted number out of texts and calls, as its own text would, and writes to nobody', async () => {
    const { reconcile, choices, table } = setUpWith(LISTED_FOR_TEXTS, [listed(NUMBER)]);
    expect(await reconcile()).toEqual({ listed: 1, recorded: 1 });
    expect(await choices(NUMBER)).toMatchObject({
      'sms:any': { state: 'opted-out', manner: 'sms' },
      'phone:any': { state: 'opted-out', manner: 'sms' },
    });
    expect(table.items().flatMap(({ receipt }) => receipt ?? [])).toEqual(['none']);
    expect(await reconcile()).toEqual({ listed: 1, recorded: 0 });
  });

  it('leaves alone a number that texted us, and stops one that only stopped marketing', async () => {
    const { reconcile, optOuts, choices } = setUpWith(LISTED_FOR_TEXTS, [listed(NUMBER), listed('+442079460018')]);
    const scopes = [...LISTED_FOR_TEXTS.scopes];
    await optOuts.record(sampleOptOut({ address: NUMBER, scopes, manner: 'sms' }));
    await optOuts.record(sampleOptOut({ address: '+442079460018', requestId: 'req_form' }));
    expect(await reconcile()).toEqual({ listed: 2, recorded: 1 });
    expect(await choices('+442079460018')).toHaveProperty('sms:any');
  });

  it('is read from its beginning, and what is no number is passed over', async () => {
    const { reconcile, asked } = setUpWith(LISTED_FOR_TEXTS, [listed('SHOP')]);
    expect(await reconcile()).toEqual({ listed: 1, recorded: 0 });
    expect(asked).toEqual([new Date(0)]);
  });
});
