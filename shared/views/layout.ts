import type { StringKey, Strings } from '../i18n/strings.ts';
import { textDirection } from '../i18n/text-direction.ts';
import type { Locale, Look, Settings } from '../settings.ts';
import { type Html, html, trusted } from './html.ts';
import { logo } from './logo.ts';
import { signalStatus } from './signal-status.ts';
import { styleSheet } from './style.ts';

/** What every page knows. */
export interface PageFrame {
  strings: Strings;
  /** Whose page it seems to people; the controller stands below with name and postal address. */
  brand: { name: string; look?: Look };
  controller: Settings['controller'];
  /** Languages on offer. */
  locales?: readonly Locale[];
}

interface Page {
  title: string;
  main: Html;
  footer?: Html | undefined;
}

// What else everybody may ask for.
const RIGHTS = [
  ['/', 'form.button'],
  ['/preferences', 'rights.choices'],
  ['/erasures', 'erasureForm.title'],
  ['/complaints', 'rights.complaint'],
  ['/agents', 'agent.link'],
  ['/privacy', 'page.privacy'],
] as const satisfies readonly (readonly [path: string, StringKey])[];

/** A whole page. No script, nothing from elsewhere, and nothing that a link's reader could pass on (EM-07). */
export function layout({ strings, brand, controller }: PageFrame, { title, main, footer }: Page): string {
  return html`<!doctype html>
<html lang="${strings.locale}" dir="${textDirection(strings.locale)}">
<head>
<meta charset="utf-8">
<title>${title} – ${brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<style>${trusted(styleSheet(brand.look).text)}</style>
</head>
<body>
<header>${masthead(brand)}</header>
${signalStatus(strings)}<main>
${main}
</main>
<footer>
${footer}
${rights(strings)}
<p>${strings('page.controller')}</p>
<address translate="no">${[controller.name, ...controller.postalAddress].map((line) => html`${line}<br>`)}</address>
</footer>
</body>
</html>
`.toString();
}

function masthead({ name, look }: PageFrame['brand']): Html {
  if (look?.logo === undefined) return html`<p translate="no">${name}</p>`;
  return html`<div role="img" aria-label="${name}">${logo(look.logo)}</div>`;
}

// In the same place of every page (WCAG 3.2.6): the last, so that nothing stands before a page's button.
function rights(strings: Strings): Html {
  const links = RIGHTS.map(
    ([path, key]) => html`<li><a href="${path}?lang=${strings.locale}">${strings(key)}</a></li>`,
  );
  return html`<nav class="rights" aria-label="${strings('rights.title')}"><ul>${links}</ul></nav>`;
}
