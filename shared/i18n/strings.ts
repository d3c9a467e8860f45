import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../settings.ts';
import type en from './en.json';

export type StringKey = keyof typeof en;

/** What we say in one language: `strings('confirm.step', { step: '1' })`. The result is text, never markup. */
export interface Strings {
  (key: StringKey, values?: Readonly<Record<string, string>>): string;
  readonly locale: Locale;
}

type Texts = Readonly<Partial<Record<StringKey, string>>>;

const languages = new Map<Locale, Texts>();

/** The strings of one language. A placeholder without a value stays as it is; tests look for such. */
export function stringsFor(locale: Locale): Strings {
  return Object.assign(
    (key: StringKey, values: Readonly<Record<string, string>> = {}) => fill(text(locale, key), values),
    { locale },
  );
}

/** Puts values in the place of their names. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** Names the very words of a language: `en-` and the SHA-256 of its file, by which the file is found again in the history (CC-15). */
export function wordingVersion(locale: Locale): string {
  return `${locale}-${hash('sha256', `${JSON.stringify(textsOf(locale), undefined, 2)}\n`)}`;
}

/** What a language does not say yet is said in English: a gap may cost the language, never the opt-out. Tests find such gaps. */
function text(locale: Locale, key: StringKey): string {
  return textsOf(locale)[key] ?? textsOf('en')[key] ?? key;
}

// Beside this module, and beside the bundle once it is built: a function reads only the languages that it is asked for.
function textsOf(locale: Locale): Texts {
  const known = languages.get(locale);
  if (known !== undefined) return known;
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, `${locale}.json`), 'utf8')) as Texts;
  languages.set(locale, texts);
  return texts;
}
