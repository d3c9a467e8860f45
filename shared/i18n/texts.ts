import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../settings.ts';

/** What we say in one language: `texts('confirm.step', { step: '1' })`. The result is text, never markup. */
export interface Texts<Key extends string> {
  (key: Key, values?: Readonly<Record<string, string>>): string;
  readonly locale: Locale;
}

type TextFile = Readonly<Record<string, string | undefined>>;

const files = new Map<string, TextFile>();

/**
 * The texts of one language whose files begin with `prefix`. A placeholder without a value stays as it is; what a language does not say yet is
 * said in English: a gap may cost the language, never the opt-out. Tests find both.
 */
export function textsFor<Key extends string>(prefix: string, locale: Locale): Texts<Key> {
  return Object.assign(
    (key: Key, values: Readonly<Record<string, string>> = {}) =>
      fill(textFile(prefix, locale)[key] ?? textFile(prefix, 'en')[key] ?? key, values),
    { locale },
  );
}

/** All texts of a file by key. It lies beside this module, and beside the bundle once it is built: a function reads only the languages that it is asked for. */
export function textFile(prefix: string, locale: Locale): TextFile {
  const name = `${prefix}${locale}.json`;
  const known = files.get(name);
  if (known !== undefined) return known;
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as TextFile;
  files.set(name, texts);
  return texts;
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
