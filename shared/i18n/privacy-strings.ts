import type { Locale } from '../settings.ts';
import type en from './privacy.en.json';
import { type Texts, textsFor } from './texts.ts';

export type PrivacyStrings = Texts<keyof typeof en>;

/** What the privacy notice says. Apart from the others: one function shows it, and its words are no part of `wordingVersion`. */
export function privacyStringsFor(locale: Locale): PrivacyStrings {
  return textsFor('privacy.', locale);
}
