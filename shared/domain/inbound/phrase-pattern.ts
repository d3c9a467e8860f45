import type { Phrases } from './phrases/phrases.ts';
import { plainWord } from './plain-words.ts';

type Groups = Phrases['words'];

/** Words between two parts of a phrase: bounded, so that no text makes the search slow. */
const GAPS: Readonly<Record<string, number>> = { '~': 4, '~~': 10 };

/** Source of a regular expression for a phrase (see {@link Phrases}) in a text that `plainWords` wrote. Throws on an unknown group. */
export function phrasePattern(phrase: string, words: Groups, gapWord = '[^ .]+'): string {
  const tokens = phrase.trim().split(/\s+/);
  return `${tokens.map((token) => tokenPattern(token, words, gapWord)).join('')}(?= )`;
}

function tokenPattern(token: string, words: Groups, gapWord: string): string {
  const gap = GAPS[token];
  if (gap !== undefined) return `(?: ${gapWord}){0,${gap}}?`;
  const isOptional = token.endsWith('?');
  return `${alternatives(isOptional ? token.slice(0, -1) : token, words)}${isOptional ? '?' : ''}`;
}

function alternatives(written: string, words: Groups): string {
  return `(?:${written
    .split('|')
    .map((alternative) => alternativePattern(alternative.trim(), words))
    .join('|')})`;
}

function alternativePattern(alternative: string, words: Groups): string {
  const group = /^\{(\w+)\}$/.exec(alternative)?.[1];
  if (group === undefined) return ` ${plainWord(alternative)}${alternative.endsWith('*') ? '[^ ]*' : '(?= )'}`;
  const members = words[group];
  if (members === undefined) throw new Error(`A phrase names the unknown group "${group}"`);
  return alternatives(members, words);
}
