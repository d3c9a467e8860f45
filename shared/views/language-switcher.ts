import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import type { Locale } from '../settings.ts';
import { type Html, html } from './html.ts';
import type { PageFrame } from './layout.ts';

/** Few enough to stand side by side on a phone. */
const FEW = 4;

/** Links to the same page in the other languages on offer; many of them fold up. Works without JavaScript. */
export function languageSwitcher(
  { strings, locales = [] }: PageFrame,
  address: (locale: Locale) => string = (locale) => `?lang=${locale}`,
): Html | undefined {
  if (locales.length < 2) return undefined;
  const links = html`<ul>${locales.map((locale) => link(locale, address(locale), locale === strings.locale))}</ul>`;
  const name = strings('page.language');
  return html`<nav aria-label="${name}">${
    locales.length <= FEW
      ? links
      : html`<details><summary>${name}: ${LANGUAGE_NAMES[strings.locale]}</summary>${links}</details>`
  }</nav>`;
}

function link(locale: Locale, address: string, isCurrent: boolean): Html {
  return html`<li><a href="${address}" hreflang="${locale}" lang="${locale}"${isCurrent && html` aria-current="true"`}>${LANGUAGE_NAMES[locale]}</a></li>`;
}
