import { chooseLocale } from '../i18n/locale.ts';
import { stringsFor } from '../i18n/strings.ts';
import { type Locale, lookOf, type Settings, type Site } from '../settings.ts';
import type { PageFrame } from '../views/layout.ts';
import type { HttpRequest } from './request.ts';

/** The reader's language: an explicit choice first (a tag such as `de-AT` counts by its language), then what the browser asks for. */
export function requestLocale({ query, headers }: HttpRequest, { locales }: Settings, chosen?: string): Locale {
  return chooseLocale((query.lang ?? chosen)?.split('-')[0], headers['accept-language'], locales);
}

/** What every page and mail needs, in the reader's language. Without a site the controller stands in for the brand. */
export function pageFrame(locale: Locale, settings: Settings, site?: Site): PageFrame {
  const { controller, locales } = settings;
  const brand = { name: site?.brand ?? controller.name, look: lookOf(settings, site) };
  return { strings: stringsFor(locale), controller, brand, locales };
}
