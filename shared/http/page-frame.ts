import { chooseLocale } from '../i18n/locale.ts';
import { stringsFor } from '../i18n/strings.ts';
import type { Locale, Settings, Site } from '../settings.ts';
import type { PageFrame } from '../views/layout.ts';
import type { HttpRequest } from './request.ts';

/** The reader's language: an explicit choice first (a tag such as `de-AT` counts by its language), then what the browser asks for. */
export function requestLocale({ query, headers }: HttpRequest, { locales }: Settings, chosen?: string): Locale {
  return chooseLocale((query.lang ?? chosen)?.split('-')[0], headers['accept-language'], locales);
}

/** What every page and mail needs, in the reader's language. Without a site the controller stands in for the brand. */
export function pageFrame(locale: Locale, { controller, look }: Settings, site?: Site): PageFrame {
  const brand = { name: site?.brand ?? controller.name, look: { ...look, ...site?.look } };
  return { strings: stringsFor(locale), controller, brand };
}
