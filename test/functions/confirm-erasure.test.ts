import { describe, expect, it } from 'vitest';
import { confirmErasure } from '../../functions/confirm-erasure/confirm-erasure.ts';
import { requestErasure } from '../../functions/request-erasure/request-erasure.ts';
import { sendMail } from '../../functions/send-mail/send-mail.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import { holdContact, putContact } from '../../shared/domain/contact/contact-changes.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import { openErasure } from '../../shared/domain/open-erasure.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { parseScope, type Scope } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import { memoryContacts } from '../support/memory-contacts.ts';
import { memoryErasures } from '../support/memory-erasures.ts';
import { memoryMailer } from '../support/memory-mailer.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sameText } from '../support/same-text.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { countingTokens, testClock } from '../support/test-clock.ts';
import { ROTATED_SECRET, TEST_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const MAILBOX = 'jane@example.org';

/** A customer with three classes of data, known by a mailbox. */
async function setUp({ ring = TEST_SECRET, contactRing = TEST_SECRET } = {}) {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const { subjectKeys, links } = testKeyRing(ring);
  const contacts = memoryContacts(testKeyRing(contactRing).subjectKeys.current);
  const mailer = memoryMailer();
  const schedule = DEFAULT_SCHEDULE;
  const names = {
    contactId: 'c-1' as ContactId,
    subjectKey: subjectKeys.current({ kind: 'customer', canonical: 'c-1' }),
  };
  const classes = { account: { data: { name: 'Jane' } }, billing: {}, marketing: {} };
  const put = { identifiers: [identify(MAILBOX)], classes };
  await contacts.replace(undefined, putContact(undefined, names, put, { schedule, now: clock.now() }).contact);

  const erasures = memoryErasures(registry.table);
  const ports = { ...registry, contacts, index: contacts, erasures, schedule, now: clock.now };
  const book = { book: registry.book, subjectKeys, newRequestId: () => 'req_erasure' as const, requestDays: 760 };
  const text = { subject: '', html: '' };
  const heed = {
    ...ports,
    clock,
    subjectKeys,
    mailer,
    press: confirmErasure(ports),
    look: openErasure(ports),
    ask: async (address = MAILBOX) =>
      requestErasure({ ...book, now: clock.now })({ identifier: identify(address), manner: 'form', locale: 'en' }),
    /** Asks, and opens the mail. Resolves with the token of its link. */
    receiveLink: async (address = MAILBOX): Promise<string> => {
      const { subjectKey, requestId } = await heed.ask(address);
      const compose = (_: unknown, { singleUse }: { singleUse: (purpose: 'erasure') => string }) => ({
        ...text,
        text: singleUse('erasure'),
      });
      const texts = sameText(compose);
      const { requests, claims } = registry;
      const send = { requests, claims, mailer, links, texts, newToken: countingTokens(), now: clock.now };
      await sendMail({ ...send, publicUrl: TEST_PUBLIC_URL })({ kind: 'erasure', subjectKey, requestId }, 'm1.1');
      return mailer.sent.at(-1)?.text.replace(`${TEST_PUBLIC_URL}/e/`, '') ?? '';
    },
    living: async () => livingContact((await contacts.read(names.contactId, [names.subjectKey]))?.contact, clock.now()),
    hold: async () => {
      const stored = await contacts.read(names.contactId, [names.subjectKey]);
      if (stored === undefined) throw new Error('There is a contact');
      const hold = { reason: 'dispute', by: 'staff-1', placedAt: clock.now() };
      const held = holdContact(stored.contact, 'h-1', hold, { schedule, now: clock.now() }).contact;
      await contacts.replace(stored, held);
    },
  };
  return heed;
}

describe('asking for erasure', () => {
  it('erases nothing', async () => {
    const { ask, living } = await setUp();
    await ask();
    expect(Object.keys((await living())?.classes ?? {})).toEqual(['account', 'billing', 'marketing']);
  });

  it('sends a link to the mailbox that was named, whether it is known or not (EM-10)', async () => {
    const { receiveLink, mailer } = await setUp();
    await receiveLink();
    await receiveLink('stranger@example.com');
    expect(mailer.sent.map(({ to }) => to)).toEqual([MAILBOX, 'stranger@example.com']);
  });
});

describe('the link', () => {
  it('opens for 24 hours, and looking does not use it up', async () => {
    const { receiveLink, look, clock } = await setUp();
    const token = await receiveLink();
    expect(await look(token)).toBeDefined();
    clock.pass(23);
    expect(await look(token)).toBeDefined();
    clock.pass(2);
    expect(await look(token)).toBeUndefined();
  });

  it('erases what no law keeps, and says what stays and why', async () => {
    const { receiveLink, press, living, contacts } = await setUp();
    const erased = await press(await receiveLink());
    expect(erased).toEqual({
      locale: 'en',
      outcomes: [
        { class: 'account', outcome: 'erased' },
        { class: 'billing', outcome: 'kept-by-law' },
        { class: 'marketing', outcome: 'erased' },
      ],
    });
    expect(Object.keys((await living())?.classes ?? {})).toEqual(['billing']);
    expect(contacts.deletions.map((one) => [one.class, one.held.erasure?.requestId])).toEqual([
      ['account', 'req_erasure'],
      ['marketing', 'req_erasure'],
    ]);
  });

  it('works once', async () => {
    const { receiveLink, press } = await setUp();
    const token = await receiveLink();
    await press(token);
    expect(await press(token)).toBe('unknown-link');
  });

  it('goes on where it stopped when pressed again after a failure', async () => {
    const heed = await setUp();
    const token = await heed.receiveLink();
    const broken = { ...heed, contacts: { ...heed.contacts, replace: () => Promise.reject(new Error('down')) } };
    await expect(confirmErasure(broken)(token)).rejects.toThrow('down');
    expect(await heed.look(token)).toBeDefined();
    expect(await heed.press(token)).not.toBe('unknown-link');
    expect(Object.keys((await heed.living())?.classes ?? {})).toEqual(['billing']);
  });

  it('leaves held data where they are and says so; they go when the hold ends', async () => {
    const { receiveLink, press, living, hold } = await setUp();
    await hold();
    const erased = await press(await receiveLink());
    expect(erased).toMatchObject({ outcomes: expect.arrayContaining([{ class: 'account', outcome: 'kept-by-hold' }]) });
    expect((await living())?.classes).toMatchObject({ account: { erasure: { requestId: 'req_erasure' } } });
  });

  it('says so when there is nothing', async () => {
    const { receiveLink, press } = await setUp();
    expect(await press(await receiveLink('stranger@example.com'))).toMatchObject({ outcomes: [] });
  });

  it('spares what was over already: it is not shown and not erased again', async () => {
    const heed = await setUp();
    const stored = await heed.contacts.read('c-1' as ContactId, [
      heed.subjectKeys.current({ kind: 'customer', canonical: 'c-1' }),
    ]);
    if (stored === undefined) throw new Error('There is a contact');
    const over = epochSeconds(Math.floor(heed.clock.now().getTime() / 1000) - 60);
    const { contact } = stored;
    const classes = { ...contact.classes, account: { due: heed.clock.now(), expiresAt: over } };
    await heed.contacts.replace(stored, { ...contact, classes });
    const erased = await heed.press(await heed.receiveLink());
    expect(erased).toMatchObject({ outcomes: [{ class: 'billing' }, { class: 'marketing' }] });
  });

  it('finds contacts that were linked under an older ring key (GD-10)', async () => {
    const { receiveLink, press } = await setUp({ ring: ROTATED_SECRET, contactRing: TEST_SECRET });
    const erased = await press(await receiveLink());
    expect(erased).toMatchObject({ outcomes: [{ class: 'account' }, { class: 'billing' }, { class: 'marketing' }] });
  });
});

// GD-09, CC-25.
describe('what survives', () => {
  it('is the opt-out, and the record of each request without the address', async () => {
    const { receiveLink, press, optOuts, suppressions, requests, clock } = await setUp();
    const optOut = sampleOptOut({ address: MAILBOX, receivedAt: clock.now() });
    await optOuts.record(optOut);
    await press(await receiveLink());
    const choices = await suppressions.read([optOut.subjectKey]);
    expect(decide(choices, parseScope('email:marketing') as Scope, clock.now()).isSuppressed).toBe(true);
    const record = await requests.read(optOut, clock.now());
    expect(record).toMatchObject({ requestId: 'req_sample', maskedAddress: '' });
    expect(record).not.toHaveProperty('mailTo');
  });
});
