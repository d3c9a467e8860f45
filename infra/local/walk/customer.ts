import { DEMO_SITE } from '../front-door.ts';
import { call, check, openPage, postForm, start, visibleText } from './calls.ts';
import type { ReceiptLinks } from './receipt-mail.ts';
import { settledTable } from './state.ts';
import { expect, step, type Walk } from './walk.ts';

/** A customer fills in Heed's own form. */
export async function optOutByForm(walk: Walk, address: string): Promise<void> {
  const { publicUrl } = walk.stack;
  await step(walk, 'A customer opens the opt-out form', async (say) => {
    const page = await openPage(`${publicUrl}/`);
    expect(
      /<form[^>]+method="?post/i.test(page) && /name="?address/.test(page),
      'a form with the field "address"',
      start(page),
    );
    say('The form is there: one field, no login, no fee.');
  });
  await step(walk, `The customer sends it: ${address}`, async (say) => {
    const answer = await postForm(`${publicUrl}/opt-outs`, { address });
    const isInForce = answer.status === 200 || answer.status === 201;
    expect(
      isInForce,
      'a page that says that the opt-out is in force',
      `status ${answer.status}: ${start(answer.body)}`,
    );
    say(`Status ${answer.status}. The page says: "${start(answer.body)}"`);
  });
}

/** Another customer uses the form in a shop's page and comes back to the shop. */
export async function optOutInShop(walk: Walk, address: string): Promise<void> {
  const { publicUrl, siteUrl } = walk.stack;
  await step(walk, `In the demo shop's page, ${address} uses the embedded form`, async (say) => {
    expect((await openPage(`${siteUrl}/shop`)).includes(`${publicUrl}/opt-outs`), 'a shop page with the form', siteUrl);
    const { status, headers, body } = await postForm(`${publicUrl}/opt-outs`, { address, site: DEMO_SITE });
    const target = headers.get('location') ?? '';
    expect(
      status === 303 && target.startsWith(siteUrl),
      "303 to the shop's thank-you page",
      `${status} ${target} ${start(body)}`,
    );
    await openPage(target);
    say(`Status 303: back to ${target}, which thanks.`);
  });
  await expectSuppressed(walk, address);
}

/** A sender asks, and must not send. */
export async function expectSuppressed(walk: Walk, address: string): Promise<void> {
  await step(walk, `A sender asks whether it may write to ${address}`, async (say) => {
    const result = await check(walk, address);
    expect(result.suppressed, 'do not send (suppressed: true)', result);
    say(`Do not send: ${result.scope ?? 'all marketing'} is opted out since ${result.since ?? 'now'}.`);
  });
}

/** A sender asks, and may send. */
export async function expectMaySend(walk: Walk, address: string, who: string): Promise<void> {
  await step(walk, `A sender asks about ${address}, ${who}`, async (say) => {
    const result = await check(walk, address);
    expect(!result.suppressed, 'may send (suppressed: false)', result);
    say('May send.');
  });
}

/** Mail scanners open every link before a person does. That must not do anything. */
export async function lookOnly(walk: Walk, address: string, links: ReceiptLinks): Promise<void> {
  await step(walk, "A mail scanner opens all of the mail's links", async (say) => {
    const before = await settledTable(walk.stack);
    const receipt = await openPage(links.receipt);
    for (const url of Object.values(links)) await call(url, { method: 'HEAD' });
    for (const url of [links.confirm, links.undo]) expectOneButton(await openPage(url));
    const after = await settledTable(walk.stack);
    expect(after.join('\n') === before.join('\n'), 'the table byte for byte as before', differences(before, after));
    expect(
      withoutProof(await openPage(links.receipt)) === withoutProof(receipt),
      'the receipt as before',
      'another page',
    );
    say(`The confirm and undo pages show one button each, and showing them did nothing:`);
    say(`the receipt and all ${after.length} items of the table are byte for byte as before.`);
  });
  await expectSuppressed(walk, address);
}

/** The customer confirms that the mailbox is theirs. The opt-out held before and holds after. */
export async function confirmMailbox(walk: Walk, links: ReceiptLinks): Promise<void> {
  await step(walk, 'The customer presses "confirm" in the mail', async (say) => {
    const before = visibleText(await openPage(links.receipt));
    const { status, body } = await postForm(links.confirm);
    expect(status === 200, 'status 200', `status ${status}: ${start(body)}`);
    const after = visibleText(await openPage(links.receipt));
    expect(
      after !== before && isConfirmed(after) && !isConfirmed(before),
      'a receipt that now says "confirmed"',
      after,
    );
    say(`The receipt now says: "${after}"`);
  });
}

/** Opting back in takes two presses; after the first one the opt-out still holds (CC-15). */
export async function undo(walk: Walk, address: string, links: ReceiptLinks): Promise<void> {
  const next = await step(walk, 'The customer changes their mind and presses "undo" in the mail', async (say) => {
    const { status, body } = await postForm(links.undo);
    expect(status === 200, 'status 200', `status ${status}: ${start(body)}`);
    expect((await check(walk, address)).suppressed, 'still opted out after one press', 'may send');
    say('One press is not enough: the opt-out still holds, and a second page asks again.');
    return formAction(body, links.undo);
  });
  await step(walk, 'The customer presses the second button', async (say) => {
    const { status, body } = await postForm(next);
    expect(status === 200, 'status 200', `status ${status}: ${start(body)}`);
    say(`The page says: "${start(body)}"`);
  });
  await expectMaySend(walk, address, 'who opted back in');
}

function expectOneButton(page: string): void {
  const buttons = page.match(/<button\b/g) ?? [];
  expect(buttons.length === 1 && /<form method="post"/.test(page), 'a page with one button', start(page));
}

function isConfirmed(receipt: string): boolean {
  return receipt.includes('Confirmed on');
}

function formAction(page: string, base: string): string {
  const [, action] = /<form\b[^>]*action="([^"]*)"/i.exec(page) ?? [];
  expect(action !== undefined, 'a page with a second button', start(page));
  return new URL(action.replaceAll('&amp;', '&'), base).href;
}

function differences(before: readonly string[], after: readonly string[]): string[] {
  return after.filter((item) => !before.includes(item));
}

// A seal that is due may fall between two looks; it adds the proof to the page, and nobody's looking causes it.
function withoutProof(receipt: string): string {
  return receipt.replace(/<dt>Audit trail<\/dt><dd>.*?<\/dd>/s, '');
}
