import { type Html, html } from './html.ts';

/** The headline of something done. `role=status` lets assistive software announce it (WC-02). */
export function outcome(title: string): Html {
  return html`<div role="status" class="outcome">
<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false"><circle cx="24" cy="24" r="24"/><path d="M14 25l7 7 14-15"/></svg>
<h1>${title}</h1>
</div>`;
}
