import { addressField, type FormProblem, hiddenFields, problemAlert } from './form-page.ts';
import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';

export interface PreferencesLinkPage extends PageFrame {
  /** Id of the site that sent the person here. */
  site?: string;
  /** What was typed, when the form comes back with a problem. */
  value?: string;
  problem?: FormProblem;
}

/** One field: the link to one's own choices comes by mail, since only the mailbox's owner may see them (EM-10). */
export function preferencesLinkPage(page: PreferencesLinkPage): string {
  const { strings, problem } = page;
  const title = strings('linkForm.title');
  return layout(page, {
    title: problem === undefined ? title : `${strings('form.problem.title')}: ${title}`,
    main: html`<h1>${title}</h1>
${problem === undefined ? html`<p class="lead">${strings('linkForm.intro')}</p>` : problemAlert(page)}
<form method="post" action="preferences" accept-charset="utf-8" novalidate>
${addressField(page, { label: 'linkForm.address.label', hint: 'linkForm.address.hint' })}
${hiddenFields(page)}
<button type="submit">${strings('linkForm.button')}</button>
</form>`,
  });
}

/** The same answer for every address that can be read: known or not, mailable or not (EM-10). To opt out nobody has to wait for a mail. */
export function linkOrderedPage(page: PageFrame & { formUrl: string }): string {
  const { strings, formUrl } = page;
  const title = strings('linkOrdered.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('linkOrdered.detail')}</p>
<p>${strings('linkOrdered.once')}</p>
<p>${strings('linkOrdered.offer')}</p>
<p><a class="action" href="${formUrl}">${strings('form.link')}</a></p>`,
  });
}
