import type { MailKind } from '../../shared/domain/mail-kind.ts';
import type { Request } from '../../shared/domain/request.ts';
import { pageFrame } from '../../shared/http/page-frame.ts';
import type { Locale, Settings } from '../../shared/settings.ts';
import { burstUndoneMail } from '../../shared/views/mails/burst-undone-mail.ts';
import { complaintMail } from '../../shared/views/mails/complaint-mail.ts';
import { erasureMail } from '../../shared/views/mails/erasure-mail.ts';
import { optInMail } from '../../shared/views/mails/opt-in-mail.ts';
import { preferencesMail } from '../../shared/views/mails/preferences-mail.ts';
import { receiptMail } from '../../shared/views/receipt-mail.ts';
import type { ComposeMail } from './send-mail.ts';

/** What each kind of mail says, in the language of the request. */
export function mailTexts(settings: Settings): Readonly<Record<MailKind, ComposeMail>> {
  const frameOf = ({ locale }: Request) => pageFrame(locale as Locale, settings);
  return {
    receipt: (request, links) => {
      const { requestId, scopes, receivedAt } = request;
      const urls = {
        receiptUrl: links.receipt,
        confirmUrl: links.singleUse('confirm-mailbox'),
        undoUrl: links.singleUse('undo'),
        preferencesUrl: links.preferences,
      };
      return receiptMail({ ...frameOf(request), requestId, scopes, receivedAt, ...urls });
    },
    'preferences-link': (request, { preferences }) =>
      preferencesMail({ ...frameOf(request), preferencesUrl: preferences }),
    erasure: (request, { singleUse }) =>
      erasureMail({ ...frameOf(request), receivedAt: request.receivedAt, erasureUrl: singleUse('erasure') }),
    'opt-in': (request, { singleUse }) => {
      const { scopes, receivedAt } = request;
      return optInMail({ ...frameOf(request), scopes, receivedAt, optInUrl: singleUse('opt-in') });
    },
    'burst-undone': async (request, { unsubscribe }) => {
      const { scopes, receivedAt } = request;
      const stops = await Promise.all(scopes.map(async (scope) => ({ scope, url: await unsubscribe(scope) })));
      return burstUndoneMail({ ...frameOf(request), receivedAt, stops });
    },
    'complaint-received': (request) => {
      const { requestId, receivedAt, status } = request;
      if (status.type !== 'complaint') throw new Error(`A mail about a complaint was ordered for a ${status.type}`);
      return complaintMail({ ...frameOf(request), requestId, receivedAt, answerBy: status.answerBy });
    },
  };
}
