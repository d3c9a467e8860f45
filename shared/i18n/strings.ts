import { hash } from 'node:crypto';
import type { Locale } from '../settings.ts';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };

export type StringKey = keyof typeof en;

/** What we say in one language: `strings('confirm.step', { step: '1' })`. The result is text, never markup. */
export interface Strings {
  (key: StringKey, values?: Readonly<Record<string, string>>): string;
  readonly locale: Locale;
}

const languages: Readonly<Record<Locale, Readonly<Record<StringKey, string>>>> = { en, de, fr, es };

/** Every language that Heed has words in; English first. */
export const LOCALES = Object.keys(languages) as Locale[];

/** The strings of one language. A placeholder without a value stays as it is; tests look for such. */
export function stringsFor(locale: Locale): Strings {
  const texts = languages[locale];
  return Object.assign((key: StringKey, values: Readonly<Record<string, string>> = {}) => fill(texts[key], values), {
    locale,
  });
}

/** Puts values in the place of their names. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** Names the very words of a language: `en-` and the SHA-256 of its file, by which the file is found again in the history (CC-15). */
export function wordingVersion(locale: Locale): string {
  return `${locale}-${hash('sha256', `${JSON.stringify(languages[locale], undefined, 2)}\n`)}`;
}
