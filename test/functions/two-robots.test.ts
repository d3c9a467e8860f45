import { describe, expect, it } from 'vitest';
import { dispatch } from '../../functions/dispatch/dispatch.ts';
import { receiveMail } from '../../functions/on-mail-received/receive-mail.ts';
import { sendMail } from '../../functions/send-mail/send-mail.ts';
import { readMime } from '../../shared/adapters/mime-mail.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { plainMail } from '../support/mail-files.ts';
import { memoryDeletions } from '../support/memory-deletions.ts';
import { memoryEventBus } from '../support/memory-event-bus.ts';
import { memoryMailQueue } from '../support/memory-mail-queue.ts';
import { memoryMailer } from '../support/memory-mailer.ts';
import { memoryRawMails } from '../support/memory-raw-mails.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { sameText } from '../support/same-text.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { countingTokens, testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

/** Heed from the mail that comes in to the one that goes out; each round a day later, so that the guard of the mailbox holds nothing back. */
function heed() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const [rawMails, mailer, mailQueue] = [memoryRawMails(), memoryMailer(), memoryMailQueue()];
  const facts = { ...testKeyRing(), ...registry, now: clock.now };
  const receive = receiveMail({
    ...{
      ...facts,
      rawMails,
      readMail: readMime,
      requestDays: 760,
      locales: ['en'],
      ours: ['privacy@shop.example.org'],
    },
    understand: () => ({ intents: [], isSure: false }),
  });
  const tell = dispatch({
    ...{ mailQueue, eventBus: memoryEventBus(), deletions: memoryDeletions(clock.now) },
    ...{ schedule: DEFAULT_SCHEDULE, evidenceDays: 760 },
  });
  const text = () => ({ subject: 'Receipt', text: 'unsubscribe', html: '' });
  const texts = sameText(text);
  const send = sendMail({ ...facts, mailer, texts, newToken: countingTokens(), publicUrl: TEST_PUBLIC_URL });
  let [seen, ordered] = [0, 0];
  return async (raw: string) => {
    clock.pass(25);
    rawMails.put(`inbound-mail/${seen}`, raw);
    await receive(`inbound-mail/${seen}`);
    const changes = registry.table.changes();
    for (const change of changes.slice(seen)) await tell(change);
    seen = changes.length;
    for (const order of mailQueue.orders.slice(ordered)) await send(order, `attempt-${ordered}`);
    ordered = mailQueue.orders.length;
    return mailer.sent.length;
  };
}

describe('Heed and a robot that answers everything (RFC 3834 §2)', () => {
  it.each([
    ['says that it is one', { 'Auto-Submitted': 'auto-replied' }],
    ['has no return path', { 'Return-Path': '<>' }],
  ])('end after one mail when it %s (RF-09)', async (_, signs) => {
    const write = heed();
    let sent = await write(plainMail({ Subject: 'unsubscribe' }));
    expect(sent).toBe(1);
    for (let round = 0; round < 3; round += 1) {
      sent = await write(
        plainMail({ ...signs, 'Message-ID': `<${round}@robot.example>`, Subject: 'Re: Receipt' }, '> unsubscribe'),
      );
    }
    expect(sent).toBe(1);
  });
});
