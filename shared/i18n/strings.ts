import { hash } from 'node:crypto';
import type { Locale } from '../settings.ts';
import type en from './en.json';
import { type Texts, textFile, textsFor } from './texts.ts';

export type StringKey = keyof typeof en;

export type Strings = Texts<StringKey>;

/** What pages and mails say. */
export function stringsFor(locale: Locale): Strings {
  return textsFor('', locale);
}

/** Names the very words of a language: `en-` and the SHA-256 of its file, by which the file is found again in the history (CC-15). */
export function wordingVersion(locale: Locale): string {
  return `${locale}-${hash('sha256', `${JSON.stringify(textFile('', locale), undefined, 2)}\n`)}`;
}
