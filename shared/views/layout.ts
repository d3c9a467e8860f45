import type { Strings } from '../i18n/strings.ts';
import { textDirection } from '../i18n/text-direction.ts';
import type { Look, Settings } from '../settings.ts';
import { type Html, html, trusted } from './html.ts';
import { STYLE } from './style.ts';

/** What every page knows. */
export interface PageFrame {
  strings: Strings;
  /** Whose page it seems to people; the controller stands below with name and postal address. */
  brand: { name: string; look?: Look };
  controller: Settings['controller'];
}

interface Page {
  title: string;
  main: Html;
  footer?: Html;
}

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
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><p translate="no">${brand.name}</p></header>
<main>
${main}
</main>
<footer>
${footer}
<p>${strings('page.controller')}</p>
<address translate="no">${[controller.name, ...controller.postalAddress].map((line) => html`${line}<br>`)}</address>
</footer>
</body>
</html>
`.toString();
}
