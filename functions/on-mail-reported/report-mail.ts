import { canonicalEmail } from '../../shared/domain/email.ts';
import type { MailClaims } from '../../shared/domain/ports/mail-claims.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import { reportedOptOut } from '../../shared/domain/reported-opt-out.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';
import type { MailEvent } from './mail-event.ts';

export interface ReportMailPorts {
  optOuts: OptOuts;
  claims: Pick<MailClaims, 'settle'>;
  subjectKeys: SubjectKeys;
  now: () => Date;
  locale: string;
  /** Whole days that a request's record is kept. */
  requestDays: number;
}

/** Which state of the receipt an event tells. */
const RECEIPT = { delivered: 'delivered', bounced: 'undelivered', 'not-sent': 'undelivered' } as const;
/** Which events end marketing by e-mail at once, and how the record names them. */
const MANNER = { bounced: 'bounce', complained: 'feedback-report' } as const;

/**
 * Notes what became of a mail of Heed's, and opts out whoever complained or cannot be reached for good (SE-05). SES tells at least once and
 * in any order: events that come twice or in another order end alike.
 */
export function reportMail(ports: ReportMailPorts) {
  return async (event: MailEvent): Promise<void> => {
    for (const recipient of event.recipients) {
      const address = canonicalEmail(recipient);
      if (address.ok) await reportOne(ports, event, address.identifier);
    }
  };
}

async function reportOne(ports: ReportMailPorts, event: MailEvent, identifier: Identifier): Promise<void> {
  const { kind, messageId } = event;
  if (kind in MANNER) {
    const manner = MANNER[kind as keyof typeof MANNER];
    const facts = { identifier, locale: ports.locale, requestDays: ports.requestDays, receivedAt: ports.now() };
    const subjectKey = ports.subjectKeys.current(identifier);
    await ports.optOuts.recordOnce(reportedOptOut({ ...facts, subjectKey, manner, report: [messageId] }));
  }
  if (kind in RECEIPT) await settle(ports, event, identifier);
}

// The request may have been written under an older key of the ring.
async function settle({ claims, subjectKeys }: ReportMailPorts, event: MailEvent, identifier: Identifier) {
  const { requestId, kind } = event;
  if (requestId === undefined) return;
  for (const subjectKey of subjectKeys.all(identifier)) {
    await claims.settle({ subjectKey, requestId }, RECEIPT[kind as keyof typeof RECEIPT]);
  }
}
