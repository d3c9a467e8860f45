/** What a free text asks for. */
export type Intent = 'opt-out' | 'erasure' | 'access' | 'objection' | 'complaint';

/**
 * How people of one language ask. Phrases are written as people write, accents and all, and are read like this:
 * `word` itself · `word*` whatever begins so · `a|b` either · `two_words` in a row, where words part alternatives · `word?` may be missing · `{group}` a member of `words` · `~` up to four words in
 * between · `~~` up to ten · ` & ` between two phrases: both, anywhere in the text. A phrase lies within one sentence.
 */
export interface Phrases {
  /** BCP 47. */
  language: string;
  /** Small words by which languages are told apart. */
  common: string;
  /** What says nothing of its own around a bare "stop". */
  polite: string;
  /** Bare orders: an opt-out when they are all that somebody writes. */
  alone: string;
  words: Readonly<Record<string, string>>;
  /** Words behind which the contrary of what came before may stand, as behind a comma. */
  but: string;
  /** The person says that it shall not be done. Overlooked up to the next comma, and whatever else is found is not sure. */
  refusals: readonly string[];
  /** Footers, threats, consequences and news of rights: nobody asks with them. Overlooked up to the next comma. */
  notAsked: readonly string[];
  /** Nobody can mean anything else. */
  clear: Readonly<Record<Intent, readonly string[]>>;
  /** May mean it: counts where nothing is clear, and a person looks. */
  vague: Readonly<Partial<Record<Intent, readonly string[]>>>;
}
