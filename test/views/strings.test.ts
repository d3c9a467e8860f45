import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type StringKey, stringsFor, wordingVersion } from '../../shared/i18n/strings.ts';
import { LOCALES } from './sample-pages.ts';

const texts = Object.fromEntries(
  LOCALES.map((locale) => [locale, { ...readTexts(`${locale}.json`), ...readTexts(`ropa.${locale}.json`) }]),
) as Record<(typeof LOCALES)[number], Record<string, string>>;
const keys = Object.keys(texts.en) as StringKey[];

function readTexts(file: string): Record<string, string> {
  return JSON.parse(readFileSync(`shared/i18n/${file}`, 'utf8'));
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort((a, b) => a.localeCompare(b));
}

// Two in one sentence make people think twice (CC-02). French "ne" only accompanies another one.
const NEGATIONS = {
  en: /\b(?:no|not|none|nothing|never|nobody|without|cannot)\b|n['’]t\b/giu,
  de: /(?<!\p{L})(?:nicht|nichts|nie|niemals|niemand|ohne|kein\p{L}*)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:pas|plus rien|jamais|rien|aucune?|personne|sans)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:no|nada|nunca|jamás|nadie|sin|ning\p{L}+)(?!\p{L})/giu,
};

const SHAMING =
  /are you sure|sorry|unfortunately|miss out|you will lose|stay with us|leider|schade|verpassen|wirklich|sind sie sicher|dommage|malheureusement|manquer|êtes-vous sûr|lástima|lamentablemente|perder|está seguro/i;

const DEVELOPER_WORDS =
  /\b(?:token|null|undefined|json|http|url|uri|api|id|server|database|invalid|error|status|payload|subject key|suppression|datenbank|fehlercode|serveur|servidor)\b/i;

describe.each(LOCALES)('strings in %s', (locale) => {
  it('have the same keys as English', () => {
    expect(Object.keys(texts[locale])).toEqual(keys);
  });

  it.each(keys)('%s has the same placeholders as English', (key) => {
    expect(placeholders(texts[locale][key] ?? '')).toEqual(placeholders(texts.en[key] ?? ''));
  });

  it('are written out, without space at the ends', () => {
    for (const text of Object.values(texts[locale])) expect(text).toMatch(/^\S(.*\S)?$/u);
  });

  it('negate at most once in a sentence (CC-02)', () => {
    const sentences = Object.values(texts[locale]).flatMap((text) => text.split(/(?<=[.?!:])\s/));
    expect(sentences.filter((sentence) => [...sentence.matchAll(NEGATIONS[locale])].length > 1)).toEqual([]);
  });

  it('shame nobody and use no developer word', () => {
    const all = Object.values(texts[locale]);
    expect(all.filter((text) => SHAMING.test(text) || DEVELOPER_WORDS.test(text))).toEqual([]);
  });

  it('name the action on every button (CC-02)', () => {
    const buttons = keys.filter((key) => key.endsWith('button')).map((key) => texts[locale][key]);
    expect(buttons.length).toBeGreaterThan(4);
    for (const button of buttons) {
      expect(button).not.toMatch(
        /^(ok|yes|no|on|off|submit|send|next|continue|ja|nein|weiter|senden|oui|non|suivant|sí|siguiente|enviar)$/i,
      );
    }
  });

  it('stay short enough to be read', () => {
    for (const text of Object.values(texts[locale])) expect(text.length).toBeLessThanOrEqual(170);
  });
});

describe('French typography', () => {
  it('keeps double punctuation on the line of its word', () => {
    expect(Object.values(texts.fr).filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
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
