import type { MailClaim, MailClaims } from './ports/mail-claims.ts';

/** `undelivered`: it did not go out and never will. */
type SentOutcome = 'sent' | 'unconfirmed' | 'undelivered';

/** How it ended, whoever sends. */
export type SendOutcome<Sent extends SentOutcome = 'sent' | 'unconfirmed'> = Sent | 'unconfirmed' | 'withheld';

/**
 * Takes the claim, sends, and notes how it ended. `send` resolves when the message went out or may have, and rejects when it certainly did not:
 * then the claim is given back, and this rejects too, so that the queue brings the order again.
 */
export async function sendOnce<Sent extends SentOutcome>(
  claims: MailClaims,
  claim: MailClaim,
  send: () => Promise<Sent>,
): Promise<SendOutcome<Sent>> {
  const outcome = await takeAndSend(claims, claim, send);
  await claims.settle(claim.request, outcome);
  return outcome;
}

async function takeAndSend<Sent extends SentOutcome>(
  claims: MailClaims,
  claim: MailClaim,
  send: () => Promise<Sent>,
): Promise<SendOutcome<Sent>> {
  try {
    const taken = await claims.claim(claim);
    if (taken === 'withheld') return 'withheld';
    return taken === 'claimed' ? await send() : 'unconfirmed';
  } catch (error) {
    // Either the claim's answer was lost or the message was refused: nothing went out, and the next delivery may try.
    await claims.release(claim);
    throw error;
  }
}
