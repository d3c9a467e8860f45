import type { Locale } from '../settings.ts';

/** Each language by its own name, for those who cannot read the page that they are on. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  sv: 'Svenska',
  da: 'Dansk',
  cs: 'Čeština',
  ja: '日本語',
};
