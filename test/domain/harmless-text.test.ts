import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmlessText } from '../../shared/domain/harmless-text.ts';

describe('harmless text (NO-03)', () => {
  it.each([
    ['keeps words, lines and tabs', 'Called twice.\n\tAngry – 😡', 'Called twice.\n\tAngry – 😡'],
    ['has one kind of line end', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['drops controls', 'a\u0000b\u001b[31mc\u007f', 'ab[31mc'],
    ['drops overrides of direction', 'abc\u202egpj.exe\u2066x\u200f', 'abcgpj.exex'],
    ['keeps joiners that scripts and emoji need', '👩\u200d💻 نمی\u200cخواهم', '👩\u200d💻 نمی\u200cخواهم'],
    ['has one form of each character', 'e\u0301', 'é'],
    ['drops halves of characters', 'a\ud83d', 'a'],
    ['has no space at its ends', ' \n a \n', 'a'],
    ['may be empty', '\u202e \u0007', ''],
  ])('%s', (_, text, expected) => {
    expect(harmlessText(text)).toBe(expected);
  });

  it('is made of anything, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const made = harmlessText(text);
        expect(made).not.toMatch(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(harmlessText(made)).toBe(made);
      }),
    );
  });
});
