import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_NAMES } from '../../shared/i18n/language-names.ts';
import { type StringKey, stringsFor, wordingVersion } from '../../shared/i18n/strings.ts';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { stringGaps, textsOf } from '../support/missing-strings.ts';
import { DEVELOPER_WORDS, NEGATIONS, POSTPONING, SHAMING, WRONG_QUOTES } from './copy-lint.ts';

const english = textsOf('en');

/** The texts of a language of which something is true, as `key: text`. */
function offenders(locale: Locale, isWrong: (text: string, english: string) => boolean): string[] {
  return Object.entries(textsOf(locale))
    .filter(([key, text]) => isWrong(text, english[key] ?? text))
    .map(([key, text]) => `${key}: ${text}`);
}

function placeholders(text: string): string {
  return [...text.matchAll(/\{\w+\}/g)]
    .map(([name]) => name)
    .sort((a, b) => a.localeCompare(b))
    .join();
}

/** Times the length of the English text. Japanese writes a word in one or two signs. */
function lengthBounds(locale: Locale): [least: number, most: number] {
  return locale === 'ja' ? [0.15, 1.3] : [0.4, 2.2];
}

// Buttons, links, choices, and what fields are called. Robots alone see the trap, and the law words one link (CC-18).
const ON_CONTROLS =
  /^(?!form\.trap|mail\.why|privacy\.share\.link).*(?:\.(?:button|link|label|legend|more|receipt)$|^form\.scopes|^rights\.|^scope\.)/;

// A language's word for "Sent" may be as long as it is.
const WORD = 16;

it('say the same things in every language', () => {
  expect(stringGaps()).toEqual([]);
});

describe.each(LOCALES)('strings in %s', (locale) => {
  it('stand in the same order as in English', () => {
    const keys = Object.keys(textsOf(locale));
    expect(keys).toEqual(Object.keys(english).filter((key) => keys.includes(key)));
  });

  it('have the same placeholders as English', () => {
    expect(offenders(locale, (text, original) => placeholders(text) !== placeholders(original))).toEqual([]);
  });

  it('are written out, without space at the ends', () => {
    expect(offenders(locale, (text) => !/^\S(?:.*\S)?$/u.test(text))).toEqual([]);
  });

  it('are about as long as in English, and short enough to be read', () => {
    const [least, most] = lengthBounds(locale);
    const isOff = (text: string, original: string) =>
      text.length < least * original.length || text.length > Math.max(WORD, most * original.length);
    expect(offenders(locale, (text, original) => isOff(text, original) || text.length > 170)).toEqual([]);
  });

  it('negate at most once in a sentence (CC-02)', () => {
    const isKnotted = (text: string) =>
      text.split(/(?<=[.?!:])\s|(?<=[。：])/).some((part) => [...part.matchAll(NEGATIONS[locale])].length > 1);
    expect(offenders(locale, isKnotted)).toEqual([]);
  });

  // "Do not stop" turns a choice round: what is pressed or ticked says what it does.
  it('negate nothing on what is pressed, ticked or filled in (CC-02)', () => {
    const onControls = Object.entries(textsOf(locale)).filter(([key]) => ON_CONTROLS.test(key));
    expect(onControls.length).toBeGreaterThan(25);
    expect(onControls.filter(([, text]) => [...text.matchAll(NEGATIONS[locale])].length > 0)).toEqual([]);
    expect(onControls.filter(([, text]) => POSTPONING.test(text))).toEqual([]);
  });

  it('shame nobody (CC-02)', () => {
    expect(offenders(locale, (text) => SHAMING.test(text))).toEqual([]);
  });

  it('use no word of developers and leave nothing unfilled', () => {
    expect(offenders(locale, (text) => DEVELOPER_WORDS.test(text))).toEqual([]);
    expect(offenders(locale, (text) => /[{}]/.test(text.replaceAll(/\{\w+\}/g, '')))).toEqual([]);
  });

  it('quote as books of the language do', () => {
    expect(offenders(locale, (text) => WRONG_QUOTES[locale].test(text))).toEqual([]);
  });

  it('name the action on every button (CC-02)', () => {
    const buttons = Object.entries(textsOf(locale)).filter(([key]) => key.endsWith('button'));
    expect(buttons.length).toBeGreaterThan(4);
    const bare =
      /^(?:ok|yes|no|on|off|submit|send|next|continue|ja|nein|nej|weiter|senden|oui|non|suivant|sí|siguiente|enviar|sì|avanti|invia|nee|verder|verzenden|tak|nie|dalej|wyślij|sim|não|seguinte|nästa|skicka|næste|ano|ne|další|odeslat|はい|いいえ|次へ|送信)$/iu;
    expect(buttons.filter(([, text]) => bare.test(text))).toEqual([]);
  });
});

describe('French typography', () => {
  it('keeps double punctuation on the line of its word', () => {
    expect(Object.values(textsOf('fr')).filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
  });
});

describe('lookup', () => {
  it('fills placeholders with text as it is', () => {
    expect(stringsFor('en')('confirm.step', { step: '$& <b>' })).toBe('Step $& <b> of 2');
  });

  it('leaves a placeholder without a value in place', () => {
    expect(stringsFor('en')('confirm.step')).toBe('Step {step} of 2');
  });

  it('knows its language', () => {
    expect(LOCALES.map((locale) => stringsFor(locale).locale)).toEqual([...LOCALES]);
    expect(stringsFor('ja')('unsubscribe.title')).toBe('配信停止');
  });

  it('says in no language what it has no words for', () => {
    expect(stringsFor('cs')('nothing.of.the.kind' as StringKey)).toBe('nothing.of.the.kind');
  });

  it('calls every language by its own name', () => {
    expect(Object.keys(LANGUAGE_NAMES)).toEqual([...LOCALES]);
    expect(new Set(Object.values(LANGUAGE_NAMES)).size).toBe(LOCALES.length);
  });
});

describe('the version of the wording', () => {
  it.each(LOCALES)('is the digest of the file of %s, by which its very words are found again (CC-15)', (locale) => {
    const digest = createHash('sha256')
      .update(readFileSync(`shared/i18n/${locale}.json`))
      .digest('hex');
    expect(wordingVersion(locale)).toBe(`${locale}-${digest}`);
  });
});
