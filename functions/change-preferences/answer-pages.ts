import type { HttpReply } from '../../shared/http/request.ts';
import { htmlReply } from '../../shared/http/request.ts';
import type { PageFrame } from '../../shared/views/layout.ts';
import { optedOutPage } from '../../shared/views/opted-out-page.ts';
import { mailFollowsPage, nothingChosenPage, pausedPage } from '../../shared/views/preferences-answers.ts';
import type { Changed } from './change-preferences.ts';

/** What a button of the preference page leads to; each page leads back to all choices. */
export function answerPage(
  frame: PageFrame,
  changed: Exclude<Changed, { outcome: 'unknown-link' }>,
  preferencesUrl: string,
): HttpReply {
  const page = { ...frame, preferencesUrl };
  switch (changed.outcome) {
    case 'stopped': {
      const { scopes, receivedAt, requestId, receipt } = changed.request;
      const { receiptUrl } = changed;
      const willMail = receipt === 'pending';
      return htmlReply(200, optedOutPage({ ...page, scopes, receivedAt, requestId, receiptUrl, willMail }));
    }
    case 'paused':
      return htmlReply(200, pausedPage({ ...page, scopes: changed.request.scopes, until: changed.until }));
    case 'mail-follows':
      return htmlReply(200, mailFollowsPage({ ...page, ...changed.request }));
    case 'nothing-chosen':
      return htmlReply(400, nothingChosenPage(page));
  }
}
