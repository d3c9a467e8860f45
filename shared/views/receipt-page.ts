import type { ReceiptState, RequestId } from '../domain/request.ts';
import type { ScopeName } from '../domain/scope.ts';
import type { Strings } from '../i18n/strings.ts';
import { type Fact, facts, verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { languageSwitcher } from './language-switcher.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeMoment, momentElement } from './moment.ts';
import { scopeList } from './scope-words.ts';

export interface ReceiptPage extends PageFrame {
  requestId: RequestId;
  scopes: readonly ScopeName[];
  receivedAt: Date;
  /** `lifted`: a later, two-step choice ended it. `undone`: a program had pressed the button, and staff put it back. */
  state: 'effective' | 'lifted' | 'undone';
  confirmedAt?: Date;
  maskedAddress: string;
  receiptMail: ReceiptState;
  proof: ProofOnPage;
}

/** What the page tells of the record's place in the audit trail. */
export type ProofOnPage =
  | { state: 'sealed'; index: number; sealedAt: Date }
  | { state: 'not-yet-sealed'; minutes: number }
  | { state: 'unavailable' };

/** Query that asks for the proof as a file (C2SP tlog-proof). */
export const PROOF_QUERY = 'proof';

/**
 * The customer's proof (CC-10, CC-25), made to be printed. All choices are a mail away: whoever has a receipt need not be the owner of its
 * address (EM-10).
 */
export function receiptPage(page: ReceiptPage): string {
  const { strings } = page;
  const title = strings('receipt.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="state ${page.state === 'effective' ? 'effective' : 'lifted'}">${strings(`receipt.state.${page.state}`)}</p>
${facts(lines(page))}
<p class="small screen">${strings('receipt.keep')}</p>
<p class="screen"><a href="../preferences">${strings('linkForm.link')}</a></p>`,
    footer: languageSwitcher(page),
  });
}

function lines(page: ReceiptPage): Fact[] {
  const { strings, state } = page;
  return [
    [strings(state === 'effective' ? 'facts.scopes' : 'facts.asked'), scopeList(strings, page.scopes)],
    [strings(state === 'effective' ? 'facts.receivedAt' : 'facts.receivedOn'), momentElement(strings, page.receivedAt)],
    [strings('facts.address'), verbatim(page.maskedAddress)],
    [strings('facts.requestId'), verbatim(page.requestId)],
    ...mailboxLine(page),
    [strings('facts.receiptMail'), strings(`receipt.mail.${page.receiptMail}`)],
    [strings('facts.proof'), proofWords(strings, page.proof)],
  ];
}

// An open confirmation is worth a line only where a link to it exists and "holds all the same" is true.
function proofWords(strings: Strings, proof: ProofOnPage): string | Html {
  switch (proof.state) {
    case 'sealed': {
      const values = { index: String(proof.index), time: describeMoment(strings, proof.sealedAt) };
      return html`${strings('receipt.proof.sealed', values)}<br><a href="?${PROOF_QUERY}=1" download="receipt.tlog-proof">${strings('receipt.proof.download')}</a>`;
    }
    case 'not-yet-sealed':
      return strings('receipt.proof.not-yet-sealed', { minutes: String(proof.minutes) });
    case 'unavailable':
      return strings('receipt.proof.unavailable');
  }
}

function mailboxLine({ strings, state, confirmedAt, receiptMail }: ReceiptPage): Fact[] {
  const term = strings('facts.mailbox');
  if (confirmedAt !== undefined) {
    return [[term, strings('receipt.mailbox.confirmed', { time: describeMoment(strings, confirmedAt) })]];
  }
  return state !== 'effective' || receiptMail === 'none' ? [] : [[term, strings('receipt.mailbox.open')]];
}
