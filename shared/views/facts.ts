import { type Html, html } from './html.ts';

/** One line of what is on record. */
export type Fact = readonly [term: string | Html, description: string | Html];

export function facts(lines: readonly Fact[]): Html {
  return html`<dl>${lines.map(([term, description]) => html`<div><dt>${term}</dt><dd>${description}</dd></div>`)}</dl>`;
}

/** What must not be translated, hyphenated or reworded by a browser: numbers of requests, masked addresses. */
export function verbatim(text: string): Html {
  return html`<span class="verbatim" translate="no">${text}</span>`;
}
