import { describe, expect, it } from 'vitest';
import { rescheduleAll } from '../../functions/reschedule-contacts/reschedule-all.ts';
import type { RescheduleCall, RescheduleReport } from '../../functions/reschedule-contacts/reschedule-call.ts';
import { rescheduleContacts } from '../../functions/reschedule-contacts/reschedule-contacts.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { cancelContact, holdContact, putContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { type RetentionSchedule, scheduleVersion } from '../../shared/domain/retention/schedule.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { memoryContacts } from '../support/memory-contacts.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const START = new Date('2026-11-01T00:00:00Z');
const NOW = new Date('2026-11-26T12:00:00Z');
const day = (from: Date, days: number) => new Date(from.getTime() + days * 86_400_000);
const PAGE = 10;

/** The default schedule, but for the period of accounts. */
function scheduleOf(period: string): RetentionSchedule {
  const { account } = DEFAULT_SCHEDULE.classes;
  return { ...DEFAULT_SCHEDULE, classes: { ...DEFAULT_SCHEDULE.classes, account: { ...account, period } as never } };
}

/** A contact with an account, cancelled on 1 November, which the default schedule keeps for 30 days. */
function cancelled(at: number): Contact {
  const names = { contactId: `c${at}` as ContactId, subjectKey: `k1.c${at}` as SubjectKey };
  const rules = { schedule: scheduleOf('P30D'), now: START };
  const put = putContact(undefined, names, { identifiers: [], classes: { account: {} } }, rules);
  return cancelContact(put.contact, names, { cancelledAt: START }, rules).contact;
}

async function scene(known: Contact[], schedule = scheduleOf('P60D'), now = NOW) {
  const contacts = memoryContacts(testKeyRing().subjectKeys.current);
  for (const contact of known) await contacts.replace(undefined, contact);
  const writes: string[] = [];
  const run = rescheduleContacts({
    index: {
      list: async function* (cursor = '0') {
        for (let at = Number(cursor); at < known.length; at += PAGE) {
          const next = at + PAGE;
          yield { contacts: known.slice(at, next), cursor: next < known.length ? String(next) : undefined };
        }
      },
    },
    contacts: {
      ...contacts,
      replace: (before, next) => {
        writes.push(next.contactId);
        return contacts.replace(before, next);
      },
    },
    ...{ schedule, graceDays: 7, now: () => now },
  });
  const account = async () =>
    (await contacts.read('c0' as ContactId, ['k1.c0' as SubjectKey]))?.contact.classes.account;
  return { run, writes, account, contacts };
}

const all = (apply: boolean): RescheduleCall => ({ limit: 1000, apply });

describe('rescheduleContacts', () => {
  it('only counts unless told to apply', async () => {
    const { run, writes } = await scene([cancelled(0)]);
    expect(await run(all(false))).toMatchObject({
      counts: { earlier: 0, later: 1, unchanged: 0, held: 0 },
      contacts: 1,
    });
    expect(writes).toEqual([]);
  });

  it('moves an end to when the new schedule sets it, once', async () => {
    const { run, account, writes } = await scene([cancelled(0)]);
    await run(all(true));
    expect(await account()).toMatchObject({ due: day(START, 60), policyVersion: scheduleVersion(scheduleOf('P60D')) });
    expect(await run(all(true))).toMatchObject({ counts: { later: 0, unchanged: 1 } });
    expect(writes).toEqual(['c0']);
  });

  it('shortens nothing below now and the grace', async () => {
    const { run, account } = await scene([cancelled(0)], scheduleOf('P2D'), day(START, 10));
    expect(await run(all(true))).toMatchObject({ counts: { earlier: 1 } });
    expect(await account()).toMatchObject({ due: day(START, 2), notBefore: day(START, 17) });
    expect((await account())?.expiresAt).toBe(day(START, 17).getTime() / 1000);
  });

  it('leaves what is over as it is: a longer period brings nothing back', async () => {
    const { run, writes } = await scene([cancelled(0)], scheduleOf('P60D'), day(START, 31));
    expect(await run(all(true))).toMatchObject({ contacts: 0 });
    expect(writes).toEqual([]);
  });

  it('counts what is on hold apart, and sets no TTL there', async () => {
    const known = cancelled(0);
    const hold = { reason: 'dispute', by: 'staff', placedAt: NOW };
    const held = holdContact(known, 'h1', hold, { schedule: DEFAULT_SCHEDULE, now: NOW }).contact;
    const { run, account } = await scene([held]);
    expect(await run(all(true))).toMatchObject({ counts: { held: 1, later: 0 } });
    expect(await account()).toMatchObject({ due: day(START, 60) });
    expect((await account())?.expiresAt).toBeUndefined();
  });

  it('stops after about as many as asked, and goes on from there', async () => {
    const { run, writes } = await scene(Array.from({ length: 25 }, (_, at) => cancelled(at)));
    const first = await run({ limit: 12, apply: true });
    expect([first.contacts, first.cursor]).toEqual([20, '20']);
    expect(await run({ limit: 12, apply: true, cursor: '20' })).toMatchObject({ contacts: 5 });
    expect(new Set(writes).size).toBe(25);
  });
});

describe('rescheduleAll', () => {
  const report: RescheduleReport = {
    ...{ policyVersion: 'p1', contacts: 3 },
    counts: { earlier: 1, later: 1, unchanged: 1, held: 0 },
  };

  function calls(...reports: RescheduleReport[]) {
    const asked: RescheduleCall[] = [];
    const kept: object[] = [];
    const call = async (one: RescheduleCall) => {
      asked.push(one);
      const next = reports.shift();
      if (next === undefined) throw new Error('cut off');
      return next;
    };
    const run = (known?: Parameters<typeof rescheduleAll>[0]['state']['known'], apply = true) =>
      rescheduleAll({
        call,
        state: { known, keep: async (state) => void kept.push(state), remove: async () => void kept.push({}) },
        pace: async () => undefined,
        onProgress: () => undefined,
      })(apply);
    return { asked, kept, run };
  }

  it('calls until all are done, adds up, and forgets the state', async () => {
    const { run, asked, kept } = calls({ ...report, cursor: 'a' }, report);
    expect(await run()).toEqual({
      ...report,
      apply: true,
      contacts: 6,
      counts: { earlier: 2, later: 2, unchanged: 2, held: 0 },
    });
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'a']);
    expect(kept.at(-1)).toEqual({});
  });

  it('goes on from the state of a run that was cut off', async () => {
    const cut = calls({ ...report, cursor: 'a' });
    await expect(cut.run()).rejects.toThrow('cut off');
    const next = calls(report);
    expect(await next.run(cut.kept.at(-1) as never)).toMatchObject({ contacts: 6 });
    expect(next.asked).toEqual([{ limit: 500, apply: true, cursor: 'a' }]);
  });

  it('mixes neither a dry run with another one, nor two schedules', async () => {
    const state = { ...report, apply: true, cursor: 'a' };
    await expect(calls(report).run(state, false)).rejects.toMatchObject({ code: 'reschedule.other-run' });
    await expect(calls({ ...report, policyVersion: 'p2' }).run(state)).rejects.toMatchObject({ kind: 'conflict' });
  });
});
