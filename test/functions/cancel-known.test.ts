import { describe, expect, it } from 'vitest';
import { cancelKnown } from '../../functions/import-cancellations/cancel-known.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import { cancelContact, putContact, reactivateContact } from '../../shared/domain/contact/contact-changes.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { memoryContacts } from '../support/memory-contacts.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const day = (offset: number) => new Date(NOW.getTime() + offset * 86_400_000);
const { subjectKeys } = testKeyRing();
const contactId = 'c1' as ContactId;
const names = { contactId, subjectKey: subjectKeys.current({ kind: 'customer', canonical: contactId }) };
const rules = { schedule: DEFAULT_SCHEDULE, now: NOW };
const known = putContact(undefined, names, { identifiers: [], classes: { account: {} } }, rules).contact;

async function scene(contact = known, now = NOW) {
  const contacts = memoryContacts(subjectKeys.current);
  await contacts.replace(undefined, contact);
  const cancel = cancelKnown({ contacts, subjectKeys, schedule: DEFAULT_SCHEDULE, now: () => now });
  return { cancel, read: async () => (await contacts.read(contactId, [names.subjectKey]))?.contact };
}

describe('a cancellation out of a list', () => {
  it('starts the clock, and is known when it comes again', async () => {
    const { cancel, read } = await scene();
    expect(await cancel({ contactId, cancelledAt: day(-1) })).toBe('changed');
    expect((await read())?.classes.account?.due).toEqual(day(29));
    expect(await cancel({ contactId, cancelledAt: day(-1) })).toBe('duplicate');
  });

  it('loses against a later return', async () => {
    const back = reactivateContact(known, names, day(-1), rules).contact;
    expect(await (await scene(back)).cancel({ contactId, cancelledAt: day(-2) })).toBe('superseded');
  });

  it.each([
    ['was never told of', known, 'c2'],
    ['has only been heard of', cancelContact(undefined, names, { cancelledAt: day(-1) }, rules).contact, 'c1'],
  ])('is refused for a contact that %s', async (_, contact, id) => {
    const { cancel } = await scene(contact);
    await expect(cancel({ contactId: id as ContactId, cancelledAt: day(-1) })).rejects.toMatchObject({
      code: 'contact.unknown',
    });
  });

  it('is refused for a contact that is over and not deleted yet', async () => {
    const over = cancelContact(known, names, { cancelledAt: day(-40) }, { ...rules, now: day(-40) }).contact;
    const { cancel } = await scene(over);
    await expect(cancel({ contactId, cancelledAt: day(-1) })).rejects.toMatchObject({ code: 'contact.unknown' });
  });

  it.each([
    ['far ahead', { cancelledAt: day(367) }, 'cancellation.too-far', 'cancelledAt'],
    [
      'whose contract ends far ahead',
      { cancelledAt: day(0), contractEndsAt: day(3661) },
      'cancellation.too-far',
      'contractEndsAt',
    ],
    [
      'whose contract ended before',
      { cancelledAt: day(0), contractEndsAt: day(-1) },
      'cancellation.ends-before',
      'contractEndsAt',
    ],
  ])('is refused when it lies %s, and nothing is written', async (_, times, code, field) => {
    const { cancel, read } = await scene();
    await expect(cancel({ contactId, ...times })).rejects.toMatchObject({ code, field });
    expect(await read()).toEqual(known);
  });
});
