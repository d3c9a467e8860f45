import { addressField, type FormProblem, hiddenFields, problemAlert } from './form-page.ts';
import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';

export interface ErasureFormPage extends PageFrame {
  /** Id of the site that sent the person here. */
  site?: string;
  /** What was typed, when the form comes back with a problem. */
  value?: string;
  problem?: FormProblem;
}

/** One field: the rest of the way is in the mailbox, since only its owner may have data erased (CC-21). */
export function erasureFormPage(page: ErasureFormPage): string {
  const { strings, problem } = page;
  const title = strings('erasureForm.title');
  return layout(page, {
    title: problem === undefined ? title : `${strings('form.problem.title')}: ${title}`,
    main: html`<h1>${title}</h1>
${problem === undefined ? html`<p class="lead">${strings('erasureForm.intro')}</p>` : problemAlert(page)}
<form method="post" action="erasures" accept-charset="utf-8" novalidate>
${addressField(page, { label: 'erasureForm.address.label', hint: 'erasureForm.address.hint' })}
${hiddenFields(page)}
<button type="submit">${strings('erasureForm.button')}</button>
</form>`,
  });
}

/** The same answer for every address that can be read (EM-10). */
export function erasureAskedPage(page: PageFrame & { formUrl: string }): string {
  const { strings, formUrl } = page;
  const title = strings('erasureAsked.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('erasureAsked.detail')}</p>
<p>${strings('erasureAsked.nothing')}</p>
<p>${strings('linkOrdered.offer')}</p>
<p><a class="action" href="${formUrl}">${strings('form.link')}</a></p>`,
  });
}
