import { LANGUAGES } from './languages.ts';
import { isOneSlipFrom } from './one-slip.ts';
import { phrasePattern } from './phrase-pattern.ts';
import { plainWord, plainWords } from './plain-words.ts';
import {
  AWS_WORDS,
  FCC_WORDS,
  HELP_WORDS,
  MORE_STOP_WORDS,
  NO_SLIPS,
  PLAIN_ORDERS,
  SMS_POLITE,
  START_WORDS,
  STOP_BY,
  UNCLEAR_ALONE,
  UNCLEAR_PHRASES,
  WITH_SLIPS,
} from './sms-words.ts';
import { understandText } from './understand-text.ts';

/**
 * `stop`: opt out. `unclear`: opt out, and a person looks. `start` never opts in by itself. `help`: asks what this is. `other`: conversation.
 */
export type SmsMeaning = 'stop' | 'help' | 'start' | 'unclear' | 'other';

/** Understands the answer to a text message (TC-01, TC-05): the words that the rules name, however typed, and what means the same. */
export function understandSms(body: string): SmsMeaning {
  const text = plainWords(body.slice(0, MAX_CHARACTERS).replace(STOP_SIGNS, '🛑'));
  const words = withoutMarks(text);
  const core = words.filter((word) => !POLITE.has(word));
  return byWord(words) ?? byWord(core) ?? bySentences(text) ?? byPhrases(body, text) ?? 'other';
}

/** Ten joined text messages have 1,530 characters. */
const MAX_CHARACTERS = 2_000;
const STOP_SIGNS = /[⛔🚫]/gu;

const POLITE = new Set(withoutMarks(plainWords(SMS_POLITE)));
const STOP = joinedSet(`${FCC_WORDS}|${AWS_WORDS}|${MORE_STOP_WORDS}`, ...LANGUAGES.flatMap(({ alone }) => [...alone]));
const HELP = joinedSet(HELP_WORDS);
const START = joinedSet(START_WORDS);
const UNCLEAR = joinedSet(UNCLEAR_ALONE);
const ORDERS = joinedSet(PLAIN_ORDERS);
const SLIPPED = [...joinedSet(WITH_SLIPS)];
const ORDINARY = joinedSet(NO_SLIPS);
const NOT_AN_ORDER = joinedSet(STOP_BY);
const UNCLEAR_PATTERN = new RegExp(UNCLEAR_PHRASES.map((phrase) => phrasePattern(phrase, {})).join('|'));

/** A message of a word or two, also as "S T O P", "un subscribe" or "stop stop". */
function byWord(words: readonly string[]): SmsMeaning | undefined {
  const word = joined(words);
  if (word === '') return undefined;
  if (STOP.has(word) || isSlip(word)) return 'stop';
  if (HELP.has(word)) return 'help';
  if (START.has(word)) return 'start';
  return UNCLEAR.has(word) ? 'unclear' : undefined;
}

function isSlip(word: string): boolean {
  return !ORDINARY.has(word) && SLIPPED.some((meant) => isOneSlipFrom(word, meant));
}

/** "Hi, it's Jane. STOP" */
function bySentences(text: string): SmsMeaning | undefined {
  const sentences = text.split(/[.,]/).map((sentence) => withoutMarks(sentence).filter((word) => !POLITE.has(word)));
  return sentences.some((words) => ORDERS.has(joined(words))) ? 'stop' : undefined;
}

function byPhrases(body: string, text: string): SmsMeaning | undefined {
  const { intents, isSure } = understandText({ subject: '', body: body.slice(0, MAX_CHARACTERS) });
  if (intents.length > 0) return isSure && intents.some((intent) => intent !== 'access') ? 'stop' : 'unclear';
  if (UNCLEAR_PATTERN.test(text)) return 'unclear';
  return isOrderOfSomeKind(withoutMarks(text)) ? 'unclear' : undefined;
}

/** "Stop that nonsense" may mean us; "stop by at six" does not. */
function isOrderOfSomeKind([first = '', second = '', ...others]: readonly string[]): boolean {
  return ORDERS.has(first) && others.length < 4 && second !== '' && !NOT_AN_ORDER.has(second);
}

function withoutMarks(text: string): string[] {
  return text.split(' ').filter((word) => word !== '' && word !== '.' && word !== ',');
}

// Blanks within a word are no part of it, and saying it twice adds nothing.
function joined(words: readonly string[]): string {
  return [
    ...new Set(words.length > MAX_SPACED || words.some((word) => word.length > 1) ? words : [words.join('')]),
  ].join('');
}

const MAX_SPACED = 12;

function joinedSet(...written: readonly string[]): ReadonlySet<string> {
  return new Set(written.flatMap((list) => list.split('|')).map((word) => plainWord(word).replaceAll(' ', '')));
}
