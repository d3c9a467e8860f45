import type { ScopeName } from '../domain/scope.ts';
import { facts, verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeDay, momentElement } from './moment.ts';
import { outcome } from './outcome.ts';
import { scopeList } from './scope-words.ts';

interface Answer extends PageFrame {
  /** Back to all choices. */
  preferencesUrl: string;
}

export interface PausedPage extends Answer {
  scopes: readonly ScopeName[];
  until: Date;
}

/** The answer to a pause. */
export function pausedPage(page: PausedPage): string {
  const { strings, scopes, until } = page;
  const title = strings('paused.title', { day: describeDay(strings, until) });
  return layout(page, {
    title,
    main: html`${outcome(title)}
<p class="lead">${strings('paused.detail')}</p>
${facts([
  [strings('facts.scopes'), scopeList(strings, scopes)],
  [strings('paused.until'), momentElement(strings, until)],
])}
${back(page)}`,
  });
}

export interface MailFollowsPage extends Answer {
  maskedAddress: string;
  scopes: readonly ScopeName[];
}

/** Step 1 of two is done. It claims nothing: all that was stopped is still stopped (CC-15). */
export function mailFollowsPage(page: MailFollowsPage): string {
  const { strings, scopes, maskedAddress } = page;
  const title = strings('mailFollows.title');
  const step = strings('confirm.step', { step: '1' });
  return layout(page, {
    title: `${title}, ${step}`,
    main: html`<p class="step">${step}</p>
<h1>${title}</h1>
<p class="lead">${strings('mailFollows.detail')}</p>
${facts([
  [strings('facts.address'), verbatim(maskedAddress)],
  [strings('confirm.opt-in.scopes'), scopeList(strings, scopes)],
])}
<p class="small">${strings('mailFollows.once')}</p>
${back(page)}`,
  });
}

/** The button was pressed and nothing was ticked. */
export function nothingChosenPage(page: Answer): string {
  const title = page.strings('nothingChosen.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${page.strings('nothingChosen.detail')}</p>
${back(page)}`,
  });
}

function back({ strings, preferencesUrl }: Answer): Html {
  return html`<p><a class="action" href="${preferencesUrl}">${strings('preferences.link')}</a></p>`;
}
