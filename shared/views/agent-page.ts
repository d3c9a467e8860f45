import type { PermissionState, Request } from '../domain/request.ts';
import { addressField, type FormPage, hiddenFields, scopeChoices } from './form-page.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { optedOutPage } from './opted-out-page.ts';

/** The field of the file. */
export const PERMISSION_FIELD = 'permission';

export interface AgentPage extends FormPage {
  /** What the agent typed of themselves, when the form comes back with a problem. */
  agent?: { name: string; email?: string | undefined; powerOfAttorney: boolean };
  /** What is wrong with the file. */
  fileProblem?: string;
}

/** Where an authorised agent opts somebody out (CC-22). Only the consumer's address is needed; what else is asked for may be left out. */
export function agentPage(page: AgentPage): string {
  const { strings, problem, fileProblem } = page;
  const title = strings('agent.title');
  const isRefused = problem !== undefined || fileProblem !== undefined;
  const field = problem === undefined ? PERMISSION_FIELD : 'address';
  return layout(page, {
    title: isRefused ? `${strings('agent.problem.title')}: ${title}` : title,
    main: html`<h1>${title}</h1>
${
  isRefused
    ? html`<p role="alert" class="alert"><a href="#${field}">${strings('agent.problem.title')}</a></p>`
    : html`<p class="lead">${strings('agent.intro')}</p>`
}
<form method="post" action="agents" enctype="multipart/form-data" accept-charset="utf-8" novalidate>
${addressField(page, { label: 'agent.address.label', hint: 'form.address.hint' })}
${scopeChoices(page)}
${agentFields(page)}
${fileField(page)}
<p><label class="choice"><input type="checkbox" name="power-of-attorney" value="yes"${page.agent?.powerOfAttorney && html` checked`}>
<span>${strings('agent.powerOfAttorney')}</span></label></p>
${hiddenFields(page)}
<button type="submit">${strings('agent.button')}</button>
</form>`,
  });
}

function agentFields({ strings, agent }: AgentPage): Html {
  return html`<div class="field">
<label for="agent-name">${strings('agent.name.label')}</label>
<input id="agent-name" name="agent-name" type="text" maxlength="200" autocomplete="organization" value="${agent?.name ?? ''}">
</div>
<div class="field">
<label for="agent-email">${strings('agent.email.label')}</label>
<input id="agent-email" name="agent-email" type="text" inputmode="email" maxlength="320" autocomplete="off" autocapitalize="none" spellcheck="false" value="${agent?.email ?? ''}">
</div>`;
}

// A browser never fills in a file by itself: after a problem it must be chosen again.
function fileField({ strings, fileProblem }: AgentPage): Html {
  const described =
    fileProblem === undefined
      ? html`aria-describedby="permission-hint"`
      : html`aria-invalid="true" aria-describedby="permission-problem permission-hint"`;
  return html`<div class="field">
<label for="${PERMISSION_FIELD}">${strings('agent.permission.label')}</label>
<p id="permission-hint" class="small">${strings('agent.permission.hint')}</p>
${fileProblem !== undefined && html`<p id="permission-problem" class="problem">${fileProblem}</p>`}
<input id="${PERMISSION_FIELD}" name="${PERMISSION_FIELD}" type="file" accept=".pdf,.jpg,.jpeg,.png" ${described}>
</div>`;
}

/** The answer: as to anybody who opts out, and what came of the permission. */
export function agentDonePage({
  request,
  permission,
  ...page
}: PageFrame & { request: Request; receiptUrl: string; permission: PermissionState }): string {
  const { scopes, receivedAt, requestId, receipt } = request;
  const keys = [receipt === 'pending' && 'agentDone.mail', ABOUT_PERMISSION[permission]] as const;
  const notes = keys.flatMap((key) => (key ? [page.strings(key)] : []));
  return optedOutPage({ ...page, scopes, receivedAt, requestId, notes });
}

const ABOUT_PERMISSION = {
  kept: 'agentDone.kept',
  'not-kept': 'agentDone.notKept',
  attached: false,
  none: false,
} as const;
