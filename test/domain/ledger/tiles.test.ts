import { describe, expect, it } from 'vitest';
import { leafHash } from '../../../shared/domain/ledger/merkle.ts';
import { inclusionProof } from '../../../shared/domain/ledger/proofs.ts';
import { Tiles } from '../../../shared/domain/ledger/tiles.ts';

const leaf = (index: number) => Buffer.from(`leaf ${index}`);

/** Proofs of all leaves, made tile by tile. */
function proveAll(size: number, tile: number): Uint8Array[][] {
  const tiles = new Tiles<number>(size, tile);
  const done = Array.from({ length: size }, (_, index) => tiles.add(leaf(index), index)).flat();
  done.push(...tiles.flush());
  const upper = tiles.upper();
  return done.map(({ position, lower }) => [...lower, ...upper(position)]);
}

describe('proofs made tile by tile', () => {
  it.each([1, 2, 4, 8])('are those of RFC 6962 for every leaf of all sizes up to 70, in tiles of %i', async (tile) => {
    for (let size = 1; size <= 70; size += 1) {
      const hashes = Array.from({ length: size }, (_, index) => leafHash(leaf(index)));
      for (const [index, proof] of proveAll(size, tile).entries()) {
        const wanted = await inclusionProof(size, index, (first, end) => hashes.slice(first, end));
        expect(proof.map((hash) => Buffer.from(hash).toString('hex'))).toEqual(
          wanted.map((hash) => Buffer.from(hash).toString('hex')),
        );
      }
    }
  });

  it('leave out what the tree does not hold', () => {
    const tiles = new Tiles<number>(3, 2);
    const within = [0, 1, 2, 3].map((index) => {
      const { isWithin } = tiles;
      if (isWithin) tiles.add(leaf(index), index);
      return isWithin;
    });
    expect(within).toEqual([true, true, true, false]);
    expect(tiles.upper()(2).length).toBe(1);
  });
});
