import type { Confirmation, ConfirmationPurpose } from '../../shared/domain/confirmation.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { LINK_HOURS, MAIL_GUARD_HOURS } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { ReceiptOrder } from '../../shared/domain/ports/mail-queue.ts';
import { type Mailer, MailRefused } from '../../shared/domain/ports/mailer.ts';
import type { ReceiptClaim, ReceiptClaims } from '../../shared/domain/ports/receipts.ts';
import type { Requests } from '../../shared/domain/ports/requests.ts';
import type { Request } from '../../shared/domain/request.ts';
import { hashToken } from '../../shared/domain/token.ts';

/** The text of a receipt for one request. */
export type ComposeReceipt = (
  request: Request,
  links: { receiptUrl: string; confirmUrl: string; undoUrl: string },
) => { subject: string; text: string; html: string };

export interface SendReceiptPorts {
  requests: Requests;
  claims: ReceiptClaims;
  mailer: Mailer;
  links: Links;
  compose: ComposeReceipt;
  newToken: () => string;
  now: () => Date;
  publicUrl: string;
}

export type ReceiptOutcome = 'sent' | 'unconfirmed' | 'withheld' | 'nothing-to-send';

/**
 * Sends the receipt of a request at most once, however often it is ordered. Rejects when the mail certainly did not go out, so that the
 * queue brings the order again; when that is unknown no second mail follows (docs/decisions). Never touches the opt-out itself.
 */
export function sendReceipt(ports: SendReceiptPorts) {
  return async (order: ReceiptOrder, attemptId: string): Promise<ReceiptOutcome> => {
    const request = await ports.requests.read(order, ports.now());
    if (request?.mailTo === undefined || request.receipt !== 'pending') return 'nothing-to-send';
    const tokens = { confirm: ports.newToken(), undo: ports.newToken() };
    const claim = newClaim(ports, { request, attemptId, tokens });
    const outcome = await takeAndSend(ports, claim, () =>
      deliver(ports, { request, to: request.mailTo ?? '', tokens }),
    );
    await ports.claims.settle(request, outcome);
    return outcome;
  };
}

interface Tokens {
  confirm: string;
  undo: string;
}

async function takeAndSend(
  { claims }: SendReceiptPorts,
  claim: ReceiptClaim,
  send: () => Promise<'sent' | 'unconfirmed'>,
) {
  try {
    const taken = await claims.claim(claim);
    if (taken === 'withheld') return 'withheld';
    return taken === 'claimed' ? await send() : 'unconfirmed';
  } catch (error) {
    // Either the claim's answer was lost or the mail was refused: nothing went out, and the next delivery may try.
    await claims.release(claim);
    throw error;
  }
}

async function deliver(
  ports: SendReceiptPorts,
  mail: { request: Request; to: string; tokens: Tokens },
): Promise<'sent' | 'unconfirmed'> {
  const { request, to, tokens } = mail;
  const { subjectKey, requestId, locale } = request;
  const receiptUrl = `${ports.publicUrl}/r/${await ports.links.seal({ use: 'receipt', subjectKey, requestId })}`;
  const urls = {
    receiptUrl,
    confirmUrl: `${ports.publicUrl}/c/${tokens.confirm}`,
    undoUrl: `${ports.publicUrl}/c/${tokens.undo}`,
  };
  const text = ports.compose(request, urls);
  try {
    await ports.mailer.send({ ...text, to, requestId, locale });
    return 'sent';
  } catch (error) {
    if (error instanceof MailRefused) throw error;
    // Named failure: the answer was lost, and a second mail would be worse than none. SES's events tell how it ended.
    return 'unconfirmed';
  }
}

function newClaim(
  { now }: SendReceiptPorts,
  facts: { request: Request; attemptId: string; tokens: Tokens },
): ReceiptClaim {
  const { request, attemptId, tokens } = facts;
  const link = (purpose: Extract<ConfirmationPurpose, 'confirm-mailbox' | 'undo'>, token: string): Confirmation => ({
    tokenHash: hashToken(token),
    purpose,
    subjectKey: request.subjectKey,
    requestId: request.requestId,
    scopes: request.scopes,
    receivedAt: request.receivedAt,
    locale: request.locale,
    expiresAt: secondsAfter(now(), LINK_HOURS[purpose], 'hours'),
  });
  return {
    request,
    attemptId,
    confirmations: [link('confirm-mailbox', tokens.confirm), link('undo', tokens.undo)],
    now: now(),
    expiresAt: secondsAfter(now(), MAIL_GUARD_HOURS, 'hours'),
  };
}
