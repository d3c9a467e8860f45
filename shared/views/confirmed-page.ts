import type { ScopeName } from '../domain/scope.ts';
import type { StringKey } from '../i18n/strings.ts';
import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { outcome } from './outcome.ts';
import { scopeList } from './scope-words.ts';

export interface ConfirmedPage extends PageFrame {
  outcome: 'mailbox-confirmed' | 'opted-in' | 'choice-changed-meanwhile';
  /** Shown with an opt-in: what is allowed again. */
  scopes?: readonly ScopeName[];
}

const WORDINGS = {
  'mailbox-confirmed': ['confirmed.mailbox.title', 'confirmed.mailbox.detail'],
  'opted-in': ['confirmed.opt-in.title', 'confirmed.opt-in.detail'],
  'choice-changed-meanwhile': ['confirmed.changed.title', 'confirmed.changed.detail'],
} as const satisfies Record<ConfirmedPage['outcome'], readonly [StringKey, StringKey]>;

/** The answer to a confirm or undo button. */
export function confirmedPage(page: ConfirmedPage): string {
  const { strings, scopes = [] } = page;
  const [title, detail] = WORDINGS[page.outcome];
  const changed = page.outcome !== 'choice-changed-meanwhile';
  return layout(page, {
    title: strings(title),
    main: html`${changed ? outcome(strings(title)) : html`<h1>${strings(title)}</h1>`}
<p class="lead">${strings(detail)}</p>
${page.outcome === 'opted-in' && scopes.length > 0 && scopeList(strings, scopes)}`,
  });
}
