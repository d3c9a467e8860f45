import type { Stack } from './stack.ts';
import { fetchToken } from './token.ts';
import * as customer from './walk/customer.ts';
import { proveReceipt } from './walk/ledger.ts';
import { receiveMail } from './walk/receipt-mail.ts';
import { readAudit, sweepOverdue } from './walk/records.ts';
import { forgetCustomer } from './walk/retention.ts';
import { oneClick, prepareMail } from './walk/sender.ts';
import { step, type Walk } from './walk/walk.ts';

/**
 * The main job from end to end, over real HTTP, each step told and checked.
 * Rejects with what was expected and what came as soon as something does not hold.
 */
export async function walkThrough(stack: Stack, print: (line: string) => void): Promise<void> {
  const walk = await begin(stack, print);
  const { shopper, visitor, reader, stranger } = demoAddresses(walk.startedAt.getTime());

  await customer.optOutByForm(walk, shopper);
  await customer.expectSuppressed(walk, shopper);
  await customer.expectMaySend(walk, stranger, 'whom Heed never heard of');
  await customer.optOutInShop(walk, visitor);

  const links = await receiveMail(walk, shopper);
  await customer.lookOnly(walk, shopper, links);
  await customer.confirmMailbox(walk, links);

  await oneClick(walk, await prepareMail(walk, reader));
  await customer.expectSuppressed(walk, reader);

  await customer.undo(walk, shopper, links);
  await readAudit(walk);
  await proveReceipt(walk, links.receipt);
  await sweepOverdue(walk);
  await forgetCustomer(walk);
}

async function begin(stack: Stack, print: (line: string) => void): Promise<Walk> {
  const walk: Walk = { stack, token: '', startedAt: new Date(), print };
  walk.token = await step(walk, 'A sender gets its access token', async (say) => {
    const token = await fetchToken(stack);
    say('The token endpoint issued one.');
    return token;
  });
  return walk;
}

/** Addresses of nobody, other ones in each run: the same stack can be walked through again. */
function demoAddresses(run: number): Record<'shopper' | 'visitor' | 'reader' | 'stranger', string> {
  return {
    shopper: `shopper+${run}@example.com`,
    visitor: `visitor+${run}@example.net`,
    reader: `reader+${run}@example.org`,
    stranger: `stranger+${run}@example.com`,
  };
}
