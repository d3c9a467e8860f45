import type { RequestId } from '../domain/request.ts';
import type { ScopeName } from '../domain/scope.ts';
import { facts, verbatim } from './facts.ts';
import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { momentElement } from './moment.ts';
import { outcome } from './outcome.ts';
import { scopeList } from './scope-words.ts';

export interface OptedOutPage extends PageFrame {
  scopes: readonly ScopeName[];
  receivedAt: Date;
  requestId: RequestId;
  receiptUrl: string;
  /** Whether the address takes mail. By its form alone: the page may not tell known from unknown (EM-10). */
  willMail?: boolean;
  /** Further sentences, for whoever is not the person. */
  notes?: readonly string[];
  /** Back to all choices, for whoever came from there. */
  preferencesUrl?: string;
}

/** The answer to the form: outcome, what, when, number and proof (CC-10). The same for a first and a repeated request. */
export function optedOutPage(page: OptedOutPage): string {
  const { strings } = page;
  const title = strings('optedOut.title');
  return layout(page, {
    title,
    main: html`${outcome(title)}
<p class="lead">${strings('optedOut.intro')}</p>
${facts([
  [strings('facts.scopes'), scopeList(strings, page.scopes)],
  [strings('facts.receivedAt'), momentElement(strings, page.receivedAt)],
  [strings('facts.requestId'), verbatim(page.requestId)],
])}
${page.willMail && html`<p>${strings('optedOut.mail')}</p>`}
${page.notes?.map((note) => html`<p>${note}</p>\n`)}
<p><a class="action" href="${page.receiptUrl}">${strings('optedOut.receipt')}</a></p>
${page.preferencesUrl !== undefined && html`<p><a href="${page.preferencesUrl}">${strings('preferences.link')}</a></p>`}`,
  });
}
