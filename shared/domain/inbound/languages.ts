import { phrasePattern } from './phrase-pattern.ts';
import { german } from './phrases/de.ts';
import { english } from './phrases/en.ts';
import { spanish } from './phrases/es.ts';
import { french } from './phrases/fr.ts';
import { italian } from './phrases/it.ts';
import { LAW_PHRASES } from './phrases/law.ts';
import { dutch } from './phrases/nl.ts';
import type { Intent, Phrases } from './phrases/phrases.ts';
import { polish } from './phrases/pl.ts';
import { portuguese } from './phrases/pt.ts';
import { plainWord, plainWords } from './plain-words.ts';

/** Strongest first: what destroys most, then what binds most. */
export const INTENTS: readonly Intent[] = ['erasure', 'objection', 'opt-out', 'access', 'complaint'];

/** Whether a text in plain words asks for something. */
export type Asks = (text: string) => boolean;

/** The phrases of one language, made ready to be looked for. */
export interface Language {
  /** BCP 47; absent for the law's articles, which are cited in every language. */
  tag?: string;
  common: ReadonlySet<string>;
  polite: ReadonlySet<string>;
  alone: ReadonlySet<string>;
  refusals: RegExp | undefined;
  notAsked: RegExp | undefined;
  clear: Readonly<Partial<Record<Intent, Asks>>>;
  vague: Readonly<Partial<Record<Intent, Asks>>>;
}

function compile(phrases: Phrases): Language {
  const { language, common, polite, alone, words, refusals, notAsked, clear, vague } = phrases;
  return {
    tag: language,
    common: wordSet(common),
    polite: wordSet(polite),
    alone: new Set(alone.split('|').map(plainWord)),
    refusals: overlooked(refusals, phrases),
    notAsked: overlooked(notAsked, phrases),
    clear: asksOf(clear, words),
    vague: asksOf(vague, words),
  };
}

// With all that follows, up to the next comma, a word of contrast or the end of the sentence.
function overlooked(phrases: readonly string[], { words, but }: Phrases): RegExp {
  const sources = phrases.map((phrase) => phrasePattern(phrase, words, '[^ .,]+'));
  const contrast = phrasePattern(but, words);
  return new RegExp(`(?:${sources.join('|')})(?:(?!${contrast}) [^ .,]+)*`, 'g');
}

function asksOf(phrases: Phrases['vague'], words: Phrases['words']): Language['clear'] {
  return Object.fromEntries(Object.entries(phrases).map(([intent, written]) => [intent, asksAny(written, words)]));
}

function asksAny(phrases: readonly string[], words: Phrases['words']): Asks {
  const single = phrases.filter((phrase) => !phrase.includes(' & '));
  const either = new RegExp(single.map((phrase) => phrasePattern(phrase, words)).join('|') || '(?!)');
  const together = phrases
    .filter((phrase) => phrase.includes(' & '))
    .map((phrase) => phrase.split(' & ').map((part) => new RegExp(phrasePattern(part, words))));
  return (text) => either.test(text) || together.some((parts) => parts.every((part) => part.test(text)));
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(plainWords(text).trim().split(' '));
}

const NONE: ReadonlySet<string> = new Set();

const law: Language = {
  ...{ common: NONE, polite: NONE, alone: NONE, refusals: undefined, notAsked: undefined, vague: {} },
  clear: asksOf(LAW_PHRASES, {}),
};

/** All languages in which Heed understands people, and the law. */
export const LANGUAGES: readonly Language[] = [
  ...[english, german, french, spanish, italian, dutch, portuguese, polish].map(compile),
  law,
];
