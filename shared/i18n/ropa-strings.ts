import type { Locale } from '../settings.ts';
import de from './ropa.de.json' with { type: 'json' };
import en from './ropa.en.json' with { type: 'json' };
import es from './ropa.es.json' with { type: 'json' };
import fr from './ropa.fr.json' with { type: 'json' };
import { fill } from './strings.ts';

export type RopaStringKey = keyof typeof en;

/** Words around the record of processing. Apart from the others: no function shows them, and each would carry them. */
export interface RopaStrings {
  (key: RopaStringKey, values?: Readonly<Record<string, string>>): string;
  readonly locale: Locale;
}

const languages: Readonly<Partial<Record<Locale, Readonly<Record<RopaStringKey, string>>>>> = { en, de, fr, es };

export function ropaStringsFor(locale: Locale): RopaStrings {
  const texts = languages[locale] ?? en;
  return Object.assign((key: RopaStringKey, values = {}) => fill(texts[key], values), { locale });
}
