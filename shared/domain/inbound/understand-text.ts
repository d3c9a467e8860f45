import { INTENTS, LANGUAGES, type Language } from './languages.ts';
import { ownWords } from './own-words.ts';
import type { Intent } from './phrases/phrases.ts';
import { plainWords } from './plain-words.ts';

export type { Intent } from './phrases/phrases.ts';

/** What a text asks for, as far as it can be told without a person. */
export interface Understanding {
  /** All that the text asks, strongest first; empty: nothing was recognised. An objection implies an opt-out for whoever acts. */
  intents: readonly Intent[];
  /** `false`: not sure; whoever acts opts out all the same and hands over to a person. Always so when nothing was recognised. */
  isSure: boolean;
  /** BCP 47 language that the words were found in, if any (en de fr es it nl pt pl). */
  language?: string;
}

/**
 * Understands a mail in any of eight languages, by what its sender wrote and not by what it quotes. Never throws; linear in the text, of
 * which it reads 20,000 characters.
 */
export function understandText({ subject, body }: { subject: string; body: string }): Understanding {
  const own = ownWords(body);
  const title = readTitle(subject);
  const written = plainWords(own.core).trim() === '' ? title.bare : own.core;
  const order = bareOrder(written);
  if (order !== undefined) return { intents: ['opt-out'], isSure: true, ...order };
  return search(`${plainWords(title.own)}.${plainWords(own.text)}`, own.isTame);
}

/** How the mail programs of our languages, and some others, mark answers and forwarded mails. */
const ANSWER = /^\s*(?:re|aw|wg|fw|fwd|sv|vs|rv|tr|r|i|antw|doorst|odp|pd|enc|res|ref)\s*(?:\[\d+\])?\s*:\s*/i;
const MAX_TITLE = 500;

// An answer's subject is the newsletter's, unless there is nothing else.
function readTitle(subject: string): { own: string; bare: string } {
  const title = subject.slice(0, MAX_TITLE);
  const bare = title.replace(ANSWER, '');
  return { own: bare === title ? title : '', bare };
}

/** Lines that may hold a bare order, and words that may stand around it: a name, a greeting. */
const MAX_ORDER_LINES = 2;
const MAX_WORDS_AROUND = 12;

function bareOrder(text: string): { language?: string } | undefined {
  if (plainWords(text).split(' ').length > MAX_WORDS_AROUND + 2) return undefined;
  const lines = text.split('\n').filter((line) => plainWords(line).trim() !== '');
  const tags = lines.slice(0, MAX_ORDER_LINES).flatMap((line) => LANGUAGES.filter(isBareOrder(line)));
  const [first, ...others] = new Set(tags.map(({ tag }) => tag));
  if (first === undefined) return undefined;
  return others.length === 0 ? { language: first } : {};
}

function isBareOrder(line: string) {
  const words = plainWords(line)
    .split(' ')
    .filter((word) => word !== '' && word !== '.' && word !== ',');
  return ({ alone, polite }: Language) =>
    alone.has(words.join(' ')) || alone.has(words.filter((word) => !polite.has(word)).join(' '));
}

function search(text: string, isTame: boolean): Understanding {
  const asked = LANGUAGES.reduce((rest, { notAsked }) => overlook(rest, notAsked), text);
  const meant = LANGUAGES.reduce((rest, { refusals }) => overlook(rest, refusals), asked);
  const found = LANGUAGES.map((language) => ({ language, ...intentsIn(language, meant) }));
  const isClear = found.some(({ clear }) => clear.length > 0);
  // Hints count only where nothing clear stands beside them.
  const intents = INTENTS.filter((intent) => found.some((one) => (isClear ? one.clear : one.vague).includes(intent)));
  const isSure = isClear && isTame && meant === asked;
  const language = spokenLanguage(found.filter(hasFound), text);
  return { intents, isSure, ...(language === undefined ? {} : { language }) };
}

function overlook(text: string, pattern: RegExp | undefined): string {
  return pattern === undefined ? text : text.replace(pattern, ' .');
}

function intentsIn({ clear, vague }: Language, text: string) {
  return {
    clear: INTENTS.filter((intent) => clear[intent]?.(text)),
    vague: INTENTS.filter((intent) => vague[intent]?.(text)),
  };
}

type Found = { language: Language } & ReturnType<typeof intentsIn>;

function hasFound({ language, clear, vague }: Found): boolean {
  return language.tag !== undefined && clear.length + vague.length > 0;
}

// Words such as "newsletter" are at home everywhere: the small words around them tell.
function spokenLanguage(speaking: readonly Found[], text: string): string | undefined {
  const words = text.split(' ');
  const counts = speaking
    .map(({ language: { tag, common } }) => ({ tag, count: words.filter((word) => common.has(word)).length }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first?.count === second?.count ? undefined : first?.tag;
}
