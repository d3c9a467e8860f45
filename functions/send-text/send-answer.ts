import { secondsAfter } from '../../shared/domain/epoch.ts';
import { ANSWERING_TEXT_SECONDS, MAIL_GUARD_HOURS } from '../../shared/domain/policy.ts';
import type { MailClaims } from '../../shared/domain/ports/mail-claims.ts';
import type { TextOrder } from '../../shared/domain/ports/mail-queue.ts';
import type { Requests } from '../../shared/domain/ports/requests.ts';
import type { TextOptOutList } from '../../shared/domain/ports/suppression-list.ts';
import { type Text, TextBarred, type Texter, TextRefused } from '../../shared/domain/ports/texter.ts';
import type { Request, RequestId } from '../../shared/domain/request.ts';
import { type SendOutcome, sendOnce } from '../../shared/domain/send-once.ts';

export interface SendAnswerPorts {
  requests: Requests;
  claims: MailClaims;
  texter: Texter;
  /** The network's own list, which numbers of people who opted out are put on. */
  list: TextOptOutList;
  compose: (request: Request) => string;
  now: () => Date;
  /** Told why a number is not on the list. */
  report: (error: unknown, requestId: RequestId) => void;
}

type Sent = 'sent' | 'unconfirmed' | 'undelivered';

export type AnswerOutcome = SendOutcome<Sent> | 'too-late' | 'nothing-to-send';

/**
 * Confirms an opt-out, or answers HELP, by one text within five minutes, or not at all (TC-03), however often it is ordered. A number gets one
 * text of either kind a day, and who opted out stands on the network's own list afterwards (TC-06). Rejects when the text certainly did not go
 * out, so that the queue brings the order again. Never touches the opt-out itself.
 */
export function sendAnswer(ports: SendAnswerPorts) {
  return async (order: TextOrder, attemptId: string): Promise<AnswerOutcome> => {
    const { requests, claims, compose, now } = ports;
    const request = await requests.read(order, now());
    if (request?.textTo === undefined || request.textFrom === undefined || request.receipt !== 'pending')
      return 'nothing-to-send';
    const text = { to: request.textTo, from: request.textFrom, body: compose(request) };
    const secondsToLive = secondsLeft(order, now());
    if (secondsToLive <= 0) {
      await enlist(ports, request);
      await claims.settle(request, 'none');
      return 'too-late';
    }
    const kind = request.status.type === 'help' ? 'text-help' : 'receipt';
    const expiresAt = secondsAfter(now(), MAIL_GUARD_HOURS[kind], 'hours');
    const claim = { kind, request, attemptId, confirmations: [], now: now(), expiresAt } as const;
    return sendOnce(claims, claim, async () => {
      const outcome = await deliver(ports, { ...text, secondsToLive });
      // After the text, which the list would hold back.
      if (outcome !== 'undelivered') await enlist(ports, request);
      return outcome;
    });
  };
}

function secondsLeft({ receivedAt }: TextOrder, now: Date): number {
  return ANSWERING_TEXT_SECONDS - Math.ceil((now.getTime() - new Date(receivedAt).getTime()) / 1000);
}

async function deliver({ texter }: SendAnswerPorts, text: Text): Promise<Sent> {
  try {
    await texter.send(text);
    return 'sent';
  } catch (error) {
    if (error instanceof TextRefused) throw error;
    if (error instanceof TextBarred) return 'undelivered';
    // Named failure: the answer was lost, and a second text would be one too many.
    return 'unconfirmed';
  }
}

// While the number is still known: nothing could put it there later.
async function enlist({ list, report }: SendAnswerPorts, { status, textTo = '', requestId }: Request): Promise<void> {
  if (status.type !== 'opt-out') return;
  try {
    await list.put(textTo);
  } catch (error) {
    // Named failure: the list is a second net under the opt-out, which holds.
    report(error, requestId);
  }
}
