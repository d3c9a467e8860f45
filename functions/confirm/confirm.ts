import type { Confirmation } from '../../shared/domain/confirmation.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { LINK_HOURS, POLICY_VERSION } from '../../shared/domain/policy.ts';
import type { ConfirmationEffects, Confirmations } from '../../shared/domain/ports/confirmations.ts';
import type { Request, RequestId } from '../../shared/domain/request.ts';
import { followUpToken, hashToken } from '../../shared/domain/token.ts';

export interface ConfirmPorts {
  confirmations: Confirmations;
  effects: ConfirmationEffects;
  newRequestId: () => RequestId;
  now: () => Date;
  /** Names the words that a page in this language shows. */
  wordingOf: (locale: string) => string;
  /** Whole days that the record of an opt-in is kept. */
  requestDays: number;
}

/** What pressing the button led to. */
export type Confirmed =
  | { outcome: 'unknown-link' }
  | { outcome: 'mailbox-confirmed' | 'opted-in' | 'choice-changed-meanwhile'; link: Confirmation }
  /** Step 1 of two: the opt-out is still in force, and `token` is the button of step 2. */
  | { outcome: 'step-2'; link: Confirmation; token: string };

/** Does what the link is for, once. A link that is unknown, used or over does nothing and says so (EM-03). */
export function confirm(ports: ConfirmPorts) {
  return async (token: string): Promise<Confirmed> => {
    const link = await ports.confirmations.find(hashToken(token), ports.now());
    // An erasure has a door of its own, and this one must not use its link up (EM-03).
    if (link === undefined || link.purpose === 'erasure') return { outcome: 'unknown-link' };
    if (link.purpose === 'undo') return await startOptIn(ports, link, token);
    if (link.consumedAt !== undefined) return { outcome: 'unknown-link' };
    return link.purpose === 'opt-in' ? await completeOptIn(ports, link) : await confirmMailbox(ports, link);
  };
}

async function confirmMailbox({ effects, now }: ConfirmPorts, link: Confirmation): Promise<Confirmed> {
  const done = await effects.confirmMailbox(link, now());
  return done === 'done' ? { outcome: 'mailbox-confirmed', link } : { outcome: 'unknown-link' };
}

// Pressing the button again after a lost answer shows the same step 2, which is itself single-use: nothing is widened by a repeat.
async function startOptIn(ports: ConfirmPorts, undo: Confirmation, token: string): Promise<Confirmed> {
  const nextToken = followUpToken(token);
  if (undo.consumedAt === undefined) {
    const optIn = optInRequest(ports, undo);
    await ports.effects.startOptIn(undo, step2Link(optIn, hashToken(nextToken)), optIn);
  }
  const step2 = await ports.confirmations.find(hashToken(nextToken), ports.now());
  if (step2 === undefined || step2.consumedAt !== undefined) return { outcome: 'unknown-link' };
  return { outcome: 'step-2', link: step2, token: nextToken };
}

async function completeOptIn({ effects, now }: ConfirmPorts, link: Confirmation): Promise<Confirmed> {
  switch (await effects.completeOptIn(link, now())) {
    case 'done':
      return { outcome: 'opted-in', link };
    case 'newer-choice':
      return { outcome: 'choice-changed-meanwhile', link };
    case 'already-used':
      return { outcome: 'unknown-link' };
  }
}

function optInRequest(
  { newRequestId, now, wordingOf, requestDays }: ConfirmPorts,
  { subjectKey, scopes, locale }: Confirmation,
): Request {
  const receivedAt = now();
  return {
    requestId: newRequestId(),
    subjectKey,
    status: { type: 'opt-in', state: 'awaiting-confirmation' },
    scopes,
    manner: 'undo-link',
    receivedAt,
    policyVersion: POLICY_VERSION,
    wording: wordingOf(locale),
    locale,
    isSuspect: false,
    maskedAddress: '',
    receipt: 'none',
    expiresAt: secondsAfter(receivedAt, requestDays, 'days'),
  };
}

function step2Link(optIn: Request, tokenHash: string): Confirmation {
  const { requestId, subjectKey, scopes, manner, receivedAt, locale } = optIn;
  const expiresAt = secondsAfter(receivedAt, LINK_HOURS['opt-in'], 'hours');
  return { tokenHash, purpose: 'opt-in', requestId, subjectKey, scopes, manner, receivedAt, locale, expiresAt };
}
