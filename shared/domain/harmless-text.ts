// Controls but line feed and tab; marks and overrides of writing direction, which make a text read otherwise than it is stored; halves of
// characters (NO-03).
const CONTROLS = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** What a person wrote, as plain text that shows as it is stored: one form of each character, line feeds only, nothing invisible that acts. */
export function harmlessText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, (character) => (character === '\n' || character === '\t' ? character : ''))
    .normalize('NFC')
    .trim();
}
