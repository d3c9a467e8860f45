import type { ScopeName } from '../domain/scope.ts';
import { facts, verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { languageSwitcher } from './language-switcher.ts';
import { layout, type PageFrame } from './layout.ts';
import { outcome } from './outcome.ts';
import { describeScope } from './scope-words.ts';

export interface UnsubscribePage extends PageFrame {
  maskedAddress: string;
  scope: ScopeName;
  /** Named in the link beside the scope. */
  list?: string;
}

export interface UnsubscribedPage extends UnsubscribePage {
  /** Where more can be stopped. */
  moreUrl?: string;
}

/** What a mail's link shows: one button and no question, since scanners follow links but press no button (EM-05). */
export function unsubscribePage(page: UnsubscribePage): string {
  const { strings } = page;
  const title = strings('unsubscribe.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('unsubscribe.intro')}</p>
${about(page, strings('unsubscribe.scope'))}
<form method="post"><input type="hidden" name="source" value="page">
<button type="submit">${strings('unsubscribe.button')}</button></form>`,
    footer: languageSwitcher(page),
  });
}

/** The answer to the button; a repeat gets the same. */
export function unsubscribedPage(page: UnsubscribedPage): string {
  const { strings } = page;
  const title = strings('unsubscribed.title');
  return layout(page, {
    title,
    main: html`${outcome(title)}
<p class="lead">${strings('unsubscribed.intro')}</p>
${about(page, strings('facts.scopes'))}
${page.moreUrl !== undefined && html`<p><a class="action" href="${page.moreUrl}">${strings('unsubscribed.more')}</a></p>`}`,
  });
}

function about({ strings, maskedAddress, scope, list }: UnsubscribePage, term: string): Html {
  return facts([
    [strings('facts.address'), verbatim(maskedAddress)],
    [term, describeScope(strings, scope, list)],
  ]);
}
