import { isReviewDue, type Notice } from '../../shared/domain/notice.ts';

export interface Statements {
  notice: Pick<Notice, 'lastReviewedAt'>;
  /** The text of `/.well-known/security.txt`. */
  security: string;
}

/** What the public reads of us must be true and in force. */
export type Overdue = 'privacy-notice-review' | 'security-txt-expiry';

const DAYS_BEFORE_EXPIRY = 30;

/** Names the statements that somebody must see to: a notice unread for eleven months (CC-28), a security.txt that soon expires (SX-01). */
export function checkStatements({ notice, security }: Statements, now: Date): Overdue[] {
  return [
    ...(isReviewDue(notice, now) ? (['privacy-notice-review'] as const) : []),
    ...(isExpiring(security, now) ? (['security-txt-expiry'] as const) : []),
  ];
}

// One that cannot be read, or has no end, is ignored by its readers (RFC 9116 §2.5.5): as good as expired.
function isExpiring(security: string, now: Date): boolean {
  const expires = Date.parse(/^Expires: (\S+)$/m.exec(security)?.[1] ?? '');
  return !(expires - now.getTime() > DAYS_BEFORE_EXPIRY * 24 * 60 * 60 * 1000);
}
