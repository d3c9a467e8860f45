import type { ScopeName } from '../domain/scope.ts';
import type { StringKey } from '../i18n/strings.ts';
import { facts } from './facts.ts';
import { html } from './html.ts';
import { languageSwitcher } from './language-switcher.ts';
import { layout, type PageFrame } from './layout.ts';
import { momentElement } from './moment.ts';
import { scopeList } from './scope-words.ts';

export interface ConfirmationPage extends PageFrame {
  purpose: 'confirm-mailbox' | 'undo' | 'opt-in';
  /** What the opt-out was about. */
  scopes: readonly ScopeName[];
  /** When the opt-out was received. */
  receivedAt: Date;
  /** Where the button posts to; absent: the page's own address. */
  action?: string;
}

interface Wording {
  title: StringKey;
  received: StringKey;
  intro: StringKey;
  button: StringKey;
  scopes: StringKey;
  /** Opting in takes two steps, opting out one (CC-01, CC-15). */
  step?: 1 | 2;
}

const WORDINGS: Readonly<Record<ConfirmationPage['purpose'], Wording>> = {
  'confirm-mailbox': {
    title: 'confirm.mailbox.title',
    received: 'facts.receivedAt',
    intro: 'confirm.mailbox.intro',
    button: 'confirm.mailbox.button',
    scopes: 'facts.scopes',
  },
  undo: {
    title: 'confirm.undo.title',
    received: 'facts.receivedOn',
    intro: 'confirm.undo.intro',
    button: 'confirm.undo.button',
    scopes: 'confirm.opt-in.scopes',
    step: 1,
  },
  'opt-in': {
    title: 'confirm.undo.title',
    received: 'facts.receivedOn',
    intro: 'confirm.opt-in.intro',
    button: 'confirm.opt-in.button',
    scopes: 'confirm.opt-in.scopes',
    step: 2,
  },
};

/** What a mail's confirm or undo link shows: one button, worded for what it does. */
export function confirmationPage(page: ConfirmationPage): string {
  const { strings } = page;
  const { title, received, intro, button, scopes, step } = WORDINGS[page.purpose];
  const stepWords = step && strings('confirm.step', { step: String(step) });
  return layout(page, {
    title: [strings(title), ...(stepWords === undefined ? [] : [stepWords])].join(', '),
    main: html`${stepWords && html`<p class="step">${stepWords}</p>`}
<h1>${strings(title)}</h1>
<p class="lead">${strings(intro)}</p>
${facts([
  [strings(scopes), scopeList(strings, page.scopes)],
  [strings(received), momentElement(strings, page.receivedAt)],
])}
<form method="post"${page.action !== undefined && html` action="${page.action}"`}>
<button type="submit">${strings(button)}</button></form>`,
    // The second step is the answer to a post: its address shows the first.
    footer: page.action === undefined ? languageSwitcher(page) : undefined,
  });
}
