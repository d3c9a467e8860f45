import type { Confirmation, ConfirmationPurpose } from '../../shared/domain/confirmation.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import type { MailKind } from '../../shared/domain/mail-kind.ts';
import { LINK_HOURS, MAIL_GUARD_HOURS } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { MailClaim, MailClaims } from '../../shared/domain/ports/mail-claims.ts';
import type { MailOrder } from '../../shared/domain/ports/mail-queue.ts';
import { type Mailer, MailRefused } from '../../shared/domain/ports/mailer.ts';
import type { Requests } from '../../shared/domain/ports/requests.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { sendOnce } from '../../shared/domain/send-once.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { unsubscribeUrl } from '../../shared/domain/unsubscribe-link.ts';

/** The links that a mail may carry. */
export interface MailLinks {
  receipt: string;
  /** All choices of the address that the mail goes to. */
  preferences: string;
  /** Stops this scope for the address that the mail goes to, at once and at any time. */
  unsubscribe: (scope: ScopeName) => Promise<string>;
  /** A new link of this purpose. It works from the moment of the claim on, and only if this is called while the text is composed. */
  singleUse: (purpose: ConfirmationPurpose) => string;
}

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

export type ComposeMail = (request: Request, links: MailLinks) => MailText | Promise<MailText>;

export interface SendMailPorts {
  requests: Requests;
  claims: MailClaims;
  mailer: Mailer;
  links: Links;
  /** What each kind of mail says. */
  texts: Readonly<Record<MailKind, ComposeMail>>;
  newToken: () => string;
  now: () => Date;
  publicUrl: string;
}

export type MailOutcome = 'sent' | 'unconfirmed' | 'withheld' | 'nothing-to-send';

/**
 * Sends a request's mail at most once, however often it is ordered. Rejects when the mail certainly did not go out, so that the queue
 * brings the order again; when that is unknown no second mail follows (docs/decisions). Never touches what was asked for itself.
 */
export function sendMail(ports: SendMailPorts) {
  return async (order: MailOrder, attemptId: string): Promise<MailOutcome> => {
    const request = await ports.requests.read(order, ports.now());
    if (request?.mailTo === undefined || request.receipt !== 'pending') return 'nothing-to-send';
    const { mailTo, requestId, locale } = request;
    const { text, confirmations } = await compose(ports, order.kind, { ...request, mailTo });
    const mail = { ...text, to: mailTo, requestId, locale };
    return await sendOnce(ports.claims, newClaim(ports, { kind: order.kind, request, attemptId, confirmations }), () =>
      deliver(ports, mail),
    );
  };
}

/** Links that lead to a door of their own. */
const DOORS: Readonly<Partial<Record<ConfirmationPurpose, string>>> = { erasure: 'e' };

async function compose(ports: SendMailPorts, kind: MailKind, request: Request & { mailTo: string }) {
  const { subjectKey, requestId, locale } = request;
  const confirmations: Confirmation[] = [];
  const singleUse = (purpose: ConfirmationPurpose) => {
    const token = ports.newToken();
    confirmations.push(singleUseLink(request, { purpose, token, now: ports.now() }));
    return `${ports.publicUrl}/${DOORS[purpose] ?? 'c'}/${token}`;
  };
  const identifier = { kind: 'email', canonical: request.mailTo } as const;
  const receipt = `${ports.publicUrl}/r/${await ports.links.seal({ use: 'receipt', subjectKey, requestId })}`;
  const preferences = `${ports.publicUrl}/p/${await ports.links.seal({ use: 'preferences', identifier, locale })}`;
  const unsubscribe = async (scope: ScopeName) =>
    unsubscribeUrl(ports.publicUrl, await ports.links.seal({ use: 'unsubscribe', identifier, scope, locale }));
  const text = await ports.texts[kind](request, { receipt, preferences, unsubscribe, singleUse });
  return { text, confirmations };
}

function singleUseLink(
  { subjectKey, requestId, scopes, manner, receivedAt, locale }: Request,
  { purpose, token, now }: { purpose: ConfirmationPurpose; token: string; now: Date },
): Confirmation {
  const expiresAt = secondsAfter(now, LINK_HOURS[purpose], 'hours');
  const about = { subjectKey, requestId, scopes, manner, receivedAt, locale };
  return { tokenHash: hashToken(token), purpose, ...about, expiresAt };
}

function newClaim({ now }: SendMailPorts, facts: Omit<MailClaim, 'now' | 'expiresAt'>): MailClaim {
  return { ...facts, now: now(), expiresAt: secondsAfter(now(), MAIL_GUARD_HOURS[facts.kind], 'hours') };
}

async function deliver(
  { mailer }: SendMailPorts,
  mail: Parameters<Mailer['send']>[0],
): Promise<'sent' | 'unconfirmed'> {
  try {
    await mailer.send(mail);
    return 'sent';
  } catch (error) {
    if (error instanceof MailRefused) throw error;
    // Named failure: the answer was lost, and a second mail would be worse than none. SES's events tell how it ended.
    return 'unconfirmed';
  }
}
