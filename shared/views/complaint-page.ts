import { type Day, startOf } from '../domain/calendar/day.ts';
import type { RequestId } from '../domain/request.ts';
import { facts, verbatim } from './facts.ts';
import { addressField, type FormProblem, hiddenFields } from './form-page.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeDay, momentElement } from './moment.ts';
import { outcome } from './outcome.ts';

export interface ComplaintPage extends PageFrame {
  /** Id of the site that sent the person here. */
  site?: string;
  /** What was typed, when the form comes back with a problem. */
  value?: string;
  text?: string;
  reference?: string;
  problem?: FormProblem;
  /** What is wrong with the text. */
  textProblem?: string;
}

/** A way to complain, in any words, with one address to answer to (UK-01). */
export function complaintPage(page: ComplaintPage): string {
  const { strings, problem, textProblem } = page;
  const title = strings('complaint.title');
  const isRefused = problem !== undefined || textProblem !== undefined;
  const field = problem === undefined ? 'text' : 'address';
  return layout(page, {
    title: isRefused ? `${strings('complaint.problem.title')}: ${title}` : title,
    main: html`<h1>${title}</h1>
${
  isRefused
    ? html`<p role="alert" class="alert"><a href="#${field}">${strings('complaint.problem.title')}</a></p>`
    : html`<p class="lead">${strings('complaint.intro')}</p>`
}
<form method="post" action="complaints" accept-charset="utf-8" novalidate>
${addressField(page, { label: 'complaint.address.label', hint: 'form.address.hint' })}
${textField(page)}
<div class="field">
<label for="reference">${strings('complaint.reference.label')}</label>
<input id="reference" name="reference" type="text" maxlength="100" autocomplete="off" value="${page.reference ?? ''}">
</div>
${hiddenFields(page)}
<button type="submit">${strings('complaint.button')}</button>
</form>`,
  });
}

function textField({ strings, text, problem, textProblem }: ComplaintPage): Html {
  // The first field with a problem has the focus.
  const described =
    textProblem === undefined
      ? html`aria-describedby="text-hint"`
      : html`aria-invalid="true" aria-describedby="text-problem text-hint"${problem === undefined && html` autofocus`}`;
  return html`<div class="field">
<label for="text">${strings('complaint.text.label')}</label>
<p id="text-hint" class="small">${strings('complaint.text.hint')}</p>
${textProblem !== undefined && html`<p id="text-problem" class="problem">${textProblem}</p>`}
<textarea id="text" name="text" rows="8" required ${described}>${text ?? ''}</textarea>
</div>`;
}

export interface ComplaintReceivedPage extends PageFrame {
  requestId: RequestId;
  receivedAt: Date;
  answerBy: Day;
  /** Whether the address takes mail, by its form alone (EM-10). */
  willMail: boolean;
}

/** The answer to a complaint, the same for every address: that it is here, its number, and by when an answer is due. */
export function complaintReceivedPage(page: ComplaintReceivedPage): string {
  const { strings, answerBy } = page;
  const title = strings('complained.title');
  return layout(page, {
    title,
    main: html`${outcome(title)}
<p class="lead">${strings('complained.next', { day: describeDay(strings, startOf(answerBy)) })}</p>
${facts([
  [strings('complained.receivedAt'), momentElement(strings, page.receivedAt)],
  [strings('complained.number'), verbatim(page.requestId)],
])}
${page.willMail && html`<p>${strings('complained.mail')}</p>`}`,
  });
}
