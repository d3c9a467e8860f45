import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';

export interface ProblemPage extends PageFrame {
  title: string;
  detail: string;
  formUrl?: string;
}

/** The one page for everything that goes wrong. Title and detail are ours; a page never repeats an error's text. */
export function problemPage(page: ProblemPage): string {
  const { strings, title, detail, formUrl } = page;
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${detail}</p>
${formUrl !== undefined && html`<p><a class="action" href="${formUrl}">${strings('form.link')}</a></p>`}`,
  });
}
