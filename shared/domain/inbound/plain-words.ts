/**
 * A text as lower-case words between single blanks, begun and ended by one: without accents, apostrophes, emoji and invisible marks, however
 * they were typed. What ends a sentence is the word `.`, and what parts it is the word `,`.
 */
export function plainWords(text: string): string {
  const letters = withoutAccents(
    text.normalize('NFKC').slice(0, MAX_CHARACTERS).replace(INVISIBLE, '').replaceAll('🛑', ' stop '),
  );
  const words = letters
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/\be[- ]?mail/g, 'email')
    // "Art. 21" goes on, "e.g." and "21.º" too; a sentence ends before a blank.
    .replace(/[.…]+(?=\s+[^\s\d]|\s*$)|[!?;¿¡]+|\n\s*\n/g, ` ${SENTENCE_END} `)
    .replace(/[,:()[\]{}<>–—|]+|\s-+\s/g, ' , ')
    .replace(/[^\p{L}\p{N},¶]+/gu, ' ')
    .replaceAll(SENTENCE_END, '.');
  return ` ${words.trim()} `;
}

/** One word or more of the phrases, as {@link plainWords} writes them. */
export function plainWord(word: string): string {
  return plainWords(word).trim();
}

/** Bounds the work: one character may become eighteen. */
const MAX_CHARACTERS = 40_000;

/** Stands for the end of a sentence while other marks are dropped. */
const SENTENCE_END = '¶';

// Soft hyphens, zero-width and direction marks: some programs put them into words, and nobody sees them.
const INVISIBLE = /\p{Cf}/gu;

/** Letters that are no base letter with a mark. */
const SINGLE_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'a', œ: 'o', đ: 'd', ı: 'i' };

// "ö", "oe" and "o" are one: people without the key write either.
function withoutAccents(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßłøæœđı]/g, (letter) => SINGLE_LETTERS[letter] ?? letter)
    .replace(/([aou])e/g, '$1');
}
