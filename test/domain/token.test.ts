import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followUpToken, hashToken, TOKEN_PATTERN } from '../../shared/domain/token.ts';

const token = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url'));

describe('a single-use token', () => {
  it('is stored as its SHA-256 (EM-02)', () => {
    // FIPS 180-2, appendix B.1: SHA-256 of "abc".
    const vector = Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex');
    expect(hashToken('abc')).toBe(vector.toString('base64url'));
  });

  it('has the form of 256 random bits, as has the token of the step that follows (EM-01)', () => {
    fc.assert(
      fc.property(token, (first) => {
        expect(first).toMatch(TOKEN_PATTERN);
        expect(followUpToken(first)).toMatch(TOKEN_PATTERN);
      }),
    );
  });

  it('leads to the same next token every time, and to another one than any other token', () => {
    fc.assert(
      fc.property(token, token, (one, other) => {
        expect(followUpToken(one)).toBe(followUpToken(one));
        fc.pre(one !== other);
        expect(followUpToken(one)).not.toBe(followUpToken(other));
      }),
    );
  });

  it('gives nothing away: what is stored of it leads neither to it nor to the next', () => {
    fc.assert(
      fc.property(token, (first) => {
        const stored = hashToken(first);
        expect(
          new Set([first, stored, followUpToken(first), followUpToken(stored), hashToken(followUpToken(first))]).size,
        ).toBe(5);
      }),
    );
  });
});
