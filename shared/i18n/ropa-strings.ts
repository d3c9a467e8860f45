import type { Locale } from '../settings.ts';
import type en from './ropa.en.json';
import { type Texts, textsFor } from './texts.ts';

export type RopaStrings = Texts<keyof typeof en>;

/** What stands around the record of processing. Apart from the others: no function shows it, and its words are no part of `wordingVersion`. */
export function ropaStringsFor(locale: Locale): RopaStrings {
  return textsFor('ropa.', locale);
}
