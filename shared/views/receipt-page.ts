import type { ReceiptState, RequestId } from '../domain/request.ts';
import type { ScopeName } from '../domain/scope.ts';
import { type Fact, facts, verbatim } from './facts.ts';
import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeMoment, momentElement } from './moment.ts';
import { scopeList } from './scope-words.ts';

export interface ReceiptPage extends PageFrame {
  requestId: RequestId;
  scopes: readonly ScopeName[];
  receivedAt: Date;
  /** `lifted`: a later, two-step choice ended it. */
  state: 'effective' | 'lifted';
  confirmedAt?: Date;
  maskedAddress: string;
  receiptMail: ReceiptState;
}

/** The customer's proof (CC-10, CC-25), made to be printed. */
export function receiptPage(page: ReceiptPage): string {
  const { strings } = page;
  const title = strings('receipt.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="state ${page.state}">${strings(`receipt.state.${page.state}`)}</p>
${facts(lines(page))}
<p class="small screen">${strings('receipt.keep')}</p>`,
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
  ];
}

// An open confirmation is worth a line only where a link to it exists and "holds all the same" is true.
function mailboxLine({ strings, state, confirmedAt, receiptMail }: ReceiptPage): Fact[] {
  const term = strings('facts.mailbox');
  if (confirmedAt !== undefined) {
    return [[term, strings('receipt.mailbox.confirmed', { time: describeMoment(strings, confirmedAt) })]];
  }
  return state === 'lifted' || receiptMail === 'none' ? [] : [[term, strings('receipt.mailbox.open')]];
}
