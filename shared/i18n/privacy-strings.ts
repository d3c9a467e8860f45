import type { Locale } from '../settings.ts';
import de from './privacy.de.json' with { type: 'json' };
import en from './privacy.en.json' with { type: 'json' };
import es from './privacy.es.json' with { type: 'json' };
import fr from './privacy.fr.json' with { type: 'json' };
import { fill } from './strings.ts';

export type PrivacyStringKey = keyof typeof en;

/** Words of the privacy notice. Apart from the others: one function shows them, and each would carry them. */
export interface PrivacyStrings {
  (key: PrivacyStringKey, values?: Readonly<Record<string, string>>): string;
  readonly locale: Locale;
}

const languages: Readonly<Partial<Record<Locale, Readonly<Record<PrivacyStringKey, string>>>>> = { en, de, fr, es };

export function privacyStringsFor(locale: Locale): PrivacyStrings {
  const texts = languages[locale] ?? en;
  return Object.assign((key: PrivacyStringKey, values = {}) => fill(texts[key], values), { locale });
}
