import { html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';

export interface NeutralPage extends PageFrame {
  formUrl: string;
  /** Where a fresh link is to be had. */
  linkUrl: string;
}

/**
 * One answer for every link that does nothing: unknown, broken, used or expired (RF-06). It claims no success, tells
 * nobody which of these it was, and shows the way on (WC-03).
 */
export function neutralPage(page: NeutralPage): string {
  const { strings } = page;
  const title = strings('neutral.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('neutral.detail')}</p>
<p>${strings('neutral.offer')}</p>
<p><a class="action" href="${page.formUrl}">${strings('form.link')}</a></p>
<p>${strings('neutral.fresh')}</p>
<p><a class="action" href="${page.linkUrl}">${strings('linkForm.link')}</a></p>`,
  });
}
