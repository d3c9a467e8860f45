import { describe, expect, test } from 'vitest';
import { settledTable } from '../../infra/local/walk/state.ts';
import { stages } from '../../infra/stages.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { newAddress } from './addresses.ts';
import { http, json, urlencoded } from './http.ts';
import {
  awaitMail,
  buttonUrl,
  isSuppressed,
  linksOf,
  mailsTo,
  optOut,
  post,
  press,
  receiveReceipt,
  stack,
} from './world.ts';

describe('the receipt mail', () => {
  test.each(['en', 'de', 'fr', 'es'] as const)('tells everything in %s', async (locale) => {
    const email = newAddress();
    const { requestId } = await optOut({ email, locale });
    const mail = await awaitMail(email);
    const strings = stringsFor(locale);
    const links = linksOf(mail);
    expect(mail.subject).toBe(strings('mail.subject'));
    const { controller, sender } = stages.dev?.settings ?? { controller: undefined, sender: undefined };
    for (const form of [mail.text, mail.html]) {
      for (const line of [controller?.name, ...(controller?.postalAddress ?? [])]) expect(form).toContain(line);
      expect(form).toContain(requestId);
      for (const url of Object.values(links)) expect(form).toContain(url);
      expect(form).toContain(strings('mail.undo'));
    }
    expect(mail.html).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(mail.html).not.toMatch(/<img|<script|<link|url\(/);
    expect(mail.from).toContain(sender?.address);
    expect(links.receipt).toContain(`${stack.publicUrl}/r/`);
  });

  test('comes whatever the case in which the address was typed', async () => {
    const email = newAddress();
    await optOut({ email: email.toUpperCase() });
    expect((await awaitMail(email)).to).toHaveLength(1);
  });

  // EM-09: the opt-out holds each time, the mailbox is not flooded.
  test('comes once for twenty posts within a day', async () => {
    const address = newAddress();
    for (let count = 0; count < 10; count++) {
      expect((await post('/opt-outs', urlencoded({ address }))).status).toBe(200);
      expect((await post('/v1/opt-outs', json({ email: address }))).status).toBe(201);
    }
    await awaitMail(address);
    await settledTable(stack);
    expect(await mailsTo(address)).toHaveLength(1);
    expect(await isSuppressed(address)).toBe(true);
  });

  test('is not sent where SES cannot reach, and the opt-out holds', async () => {
    const email = newAddress().replace('canary', 'canary-é');
    const { receiptUrl } = await optOut({ email });
    expect((await http(receiptUrl)).body).toContain('None for this address or number');
    expect(await isSuppressed(email)).toBe(true);
  });
});

describe('the receipt page', () => {
  test('shows what holds, and to whom in a masked form', async () => {
    const email = newAddress();
    const { receiptUrl, requestId } = await optOut({ email });
    const { status, body } = await http(receiptUrl);
    expect(status).toBe(200);
    expect(body).toContain('In force');
    expect(body).toContain(requestId);
    expect(body).not.toContain(email);
    expect(body).not.toContain('canary');
  });

  test('shows that the mailbox was confirmed, and later that the opt-out ended', async () => {
    const { receipt, confirm, undo } = await receiveReceipt(newAddress());
    expect((await http(receipt)).body).toContain('Not confirmed. The opt-out holds all the same.');
    await press(confirm);
    expect((await http(receipt)).body).toContain('Confirmed on');
    await press(buttonUrl((await press(undo)).body, undo));
    expect((await http(receipt)).body).toContain('Ended by your later choice');
  });
});

describe('the confirm link', () => {
  test('works once', async () => {
    const email = newAddress();
    const { confirm } = await receiveReceipt(email);
    expect((await http(confirm)).body).toContain('Confirm that this is your mailbox');
    expect((await press(confirm)).status).toBe(200);
    expect((await press(confirm)).status).toBe(404);
    expect((await http(confirm)).status).toBe(404);
    expect(await isSuppressed(email)).toBe(true);
  });

  test('works for one of two who press at the same time', async () => {
    const { confirm } = await receiveReceipt(newAddress());
    const answers = await Promise.all([press(confirm), press(confirm), press(confirm)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
  });
});

// CC-15: opting in again takes two steps.
describe('the undo link', () => {
  test('opts in again at its second step only', async () => {
    const email = newAddress();
    const { undo } = await receiveReceipt(email);
    const first = await press(undo);
    expect(first.status).toBe(200);
    expect(first.body).toContain('Step 2 of 2');
    expect(await isSuppressed(email)).toBe(true);
    const second = buttonUrl(first.body, undo);
    expect(second).not.toBe(undo);
    expect((await press(second)).body).toContain('Done: your opt-out has ended');
    expect(await isSuppressed(email)).toBe(false);
  });

  test('can be pressed again after a lost answer, but ends the opt-out once', async () => {
    const email = newAddress();
    const { undo } = await receiveReceipt(email);
    const [first, repeated] = [await press(undo), await press(undo)];
    const step2 = buttonUrl(first.body, undo);
    expect(buttonUrl(repeated.body, undo)).toBe(step2);
    expect((await press(step2)).status).toBe(200);
    expect((await press(step2)).status).toBe(404);
    expect((await press(undo)).status).toBe(404);
  });

  test('does not undo a newer opt-out', async () => {
    const email = newAddress();
    const { undo } = await receiveReceipt(email);
    const step2 = buttonUrl((await press(undo)).body, undo);
    await optOut({ email });
    expect((await press(step2)).body).toContain('Your newer choice stays in force');
    expect(await isSuppressed(email)).toBe(true);
  });
});
