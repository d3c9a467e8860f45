import { describe, expect, it } from 'vitest';
import { RESTORED_HOLD } from '../../functions/replay-after-restore/lost-holds.ts';
import { contactClassKey, contactKey, contactLinkKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { requestKey, suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import type { StoredItem } from '../../shared/domain/ports/restored-tables.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { contactIn, END, findItem, keyOf, restoredWorld, timeOf } from '../support/restored-world.ts';

describe('replayAfterRestore: what people chose', () => {
  it('is in force as it was: newer opt-outs, and opt-ins as the ledger has them', async () => {
    const world = restoredWorld();
    world.choose('a', 'email:marketing', 'opted-in', timeOf(0));
    world.choose('b', 'any:marketing', 'opted-out', timeOf(0));
    world.takeBackup();
    world.choose('a', 'email:marketing', 'opted-out', timeOf(1));
    world.choose('b', 'any:marketing', 'opted-in', timeOf(2));
    world.choose('c', 'sms:marketing', 'opted-out', timeOf(3));
    const { counts, restored } = await world.restore();
    expect(restored.items()).toEqual(expect.arrayContaining(world.original()));
    expect(counts).toMatchObject({ records: 3, suppressions: 3, lost: 0 });
  });

  it('is undone as it was, and an opt-out that came after the undo holds', async () => {
    const world = restoredWorld();
    world.choose('a', 'email:marketing', 'opted-out', timeOf(0));
    world.choose('b', 'email:marketing', 'opted-out', timeOf(0));
    world.takeBackup();
    world.choose('a', 'email:marketing', 'undone', timeOf(1));
    world.choose('b', 'email:marketing', 'undone', timeOf(1));
    world.choose('b', 'email:marketing', 'opted-out', timeOf(2));
    const { restored } = await world.restore();
    expect(restored.items()).toEqual(expect.arrayContaining(world.original()));
  });

  it('never opens what is closed in the table by something newer', async () => {
    const world = restoredWorld();
    world.choose('a', 'email:marketing', 'opted-out', timeOf(5));
    world.takeBackup();
    world.choose('a', 'email:marketing', 'opted-in', timeOf(4));
    const { restored } = await world.restore();
    expect(findItem(restored.items(), suppressionKey(keyOf('a')))).toMatchObject({
      'scope#email:marketing': { state: 'opted-out' },
    });
  });
});

describe('replayAfterRestore: contacts', () => {
  it('have their state, and the ends of their classes, their own and those of their links', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    world.takeBackup();
    world.change(contactKey(subjectKey), {
      state: 'cancelled',
      cancelledAt: timeOf(1),
      decidedAt: timeOf(1),
      expiresAt: END + 9,
    });
    for (const [of, end] of [
      ['account', END],
      ['billing', END + 9],
    ] as const)
      world.change(contactClassKey(subjectKey, of), { due: timeOf(9), policyVersion: 'p1', expiresAt: end });
    world.change(contactLinkKey(keyOf('jane'), subjectKey), { expiresAt: END + 9 });
    const { counts, restored } = await world.restore();
    const withoutLinks = (items: readonly StoredItem[]) =>
      items.map((item) => (item.sk.startsWith('CONTACT#') ? item.expiresAt : item));
    expect(withoutLinks(restored.items())).toEqual(expect.arrayContaining(withoutLinks(world.original())));
    expect(counts).toMatchObject({ contacts: 1, classes: 2 });
  });

  it('lose what was deleted since, and go with their last class', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    contactIn(world, 'c2');
    world.put(requestKey({ subjectKey: keyOf('jane'), requestId: 'req_1' as RequestId }), {
      subjectKey: keyOf('jane'),
      requestId: 'req_1',
    });
    world.takeBackup();
    for (const item of world
      .original()
      .filter(({ pk, sk }) => !`${pk} ${sk}`.includes('c2') && sk !== `CONTACT#${subjectKey}`))
      world.drop(item);
    const { restored } = await world.restore();
    expect(restored.items().filter(({ pk, sk }) => !`${pk} ${sk}`.includes('c2'))).toEqual([]);
    expect(restored.items()).toHaveLength(4);
  });

  it('come back without the data of a class that was erased', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    world.takeBackup();
    world.change(contactClassKey(subjectKey, 'account'), {
      due: timeOf(1),
      erasureId: 'req_1',
      erasedAt: timeOf(1),
      expiresAt: 1_764_144_060,
    });
    world.drop(contactClassKey(subjectKey, 'account'));
    const { restored } = await world.restore();
    expect(findItem(restored.items(), contactClassKey(subjectKey, 'account'))).toBeUndefined();
    expect(findItem(restored.items(), contactClassKey(subjectKey, 'billing'))).toBeDefined();
  });

  it('keep what began anew after a deletion that came before the backup', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    const account = contactClassKey(subjectKey, 'account');
    for (const at of [1, 2, 3]) world.change(account, { due: timeOf(at) });
    world.takeBackup();
    world.drop(account);
    world.put(account, { subjectKey, class: 'account', data: 'new' });
    const { counts, restored } = await world.restore();
    // Its data are not in the ledger: it is lost, and the old one is not brought back for it.
    expect(findItem(restored.items(), account)).toBeUndefined();
    expect(counts).toMatchObject({ removed: 1, lost: 1 });
  });

  it('stay held when a hold was placed since, until a person has placed it anew', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    world.change(contactKey(subjectKey), {
      state: 'cancelled',
      cancelledAt: timeOf(0),
      reason: 'moved',
      expiresAt: END,
    });
    world.change(contactClassKey(subjectKey, 'account'), { due: timeOf(9), expiresAt: END });
    world.takeBackup();
    world.change(contactKey(subjectKey), { holds: [{ holdId: 'h1' }], holdCount: 1 });
    world.change(contactClassKey(subjectKey, 'account'), { due: timeOf(9), expiresAt: undefined });
    const { restored, again } = await world.restore();
    const contact = findItem(restored.items(), contactKey(subjectKey));
    expect(contact).toMatchObject({
      reason: 'moved',
      holdCount: 1,
      holds: [{ holdId: RESTORED_HOLD, reason: expect.stringContaining('backup') }],
    });
    expect(contact).not.toHaveProperty('expiresAt');
    await again();
    expect(findItem(restored.items(), contactKey(subjectKey))).toEqual(contact);
  });

  it('are free again when their holds were released since', async () => {
    const world = restoredWorld();
    const subjectKey = contactIn(world);
    world.change(contactKey(subjectKey), { holds: [{ holdId: 'h1' }], holdCount: 1, holdEndsAt: END });
    world.takeBackup();
    world.change(contactKey(subjectKey), { holds: [], holdCount: 0 });
    const { restored } = await world.restore();
    expect(findItem(restored.items(), contactKey(subjectKey))).toMatchObject({ holds: [], holdCount: 0 });
  });
});

describe('replayAfterRestore', () => {
  it('only counts unless told to apply', async () => {
    const world = restoredWorld();
    world.takeBackup();
    world.choose('a', 'email:marketing', 'opted-out', timeOf(1));
    const { counts, restored } = await world.restore({ apply: false });
    expect([counts.suppressions, restored.writes()]).toEqual([1, 0]);
  });
});
