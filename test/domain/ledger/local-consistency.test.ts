import { describe, expect, it } from 'vitest';
import { Frontier } from '../../../shared/domain/ledger/frontier.ts';
import { ConsistencyStretch } from '../../../shared/domain/ledger/local-consistency.ts';
import { leafHash } from '../../../shared/domain/ledger/merkle.ts';
import { consistencyProof } from '../../../shared/domain/ledger/proofs.ts';

const SIZES = 40;
const leaves = Array.from({ length: SIZES }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));
const source = (first: number, end: number) => leaves.slice(first, end);

function frontierOf(size: number): Frontier {
  const frontier = new Frontier();
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf);
  return frontier;
}

function stretchOf(start: number, oldSize: number, size: number): ConsistencyStretch {
  const stretch = new ConsistencyStretch({ oldSize, size }, frontierOf(start));
  for (const leaf of leaves.slice(start, size)) stretch.add(leaf);
  return stretch;
}

describe('a consistency proof from a stretch of the log', () => {
  it('is the proof from all leaves, wherever the stretch begins, for all pairs of sizes', async () => {
    for (let size = 1; size <= SIZES; size += 1) {
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const expected = await consistencyProof(oldSize, size, source);
        for (let start = 0; start <= oldSize; start += 1)
          expect(stretchOf(start, oldSize, size).proof(), `${start} ${oldSize} ${size}`).toEqual(expected);
      }
    }
  });

  it('tells the old root by the way', () => {
    expect(stretchOf(8, 13, 30).oldRoot()).toEqual(frontierOf(13).root());
  });

  it('is refused before the last leaf, and takes none after it', () => {
    const stretch = new ConsistencyStretch({ oldSize: 3, size: 5 }, frontierOf(3));
    stretch.add(Buffer.alloc(32));
    expect(stretch.position).toBe(4);
    expect(() => stretch.proof()).toThrow(RangeError);
    stretch.add(Buffer.alloc(32));
    expect(stretch.isWhole).toBe(true);
    expect(() => stretch.add(Buffer.alloc(32))).toThrow(RangeError);
  });

  it('does not begin behind the old tree, nor lead back', () => {
    expect(() => new ConsistencyStretch({ oldSize: 3, size: 5 }, frontierOf(4))).toThrow(RangeError);
    expect(() => new ConsistencyStretch({ oldSize: 5, size: 3 }, frontierOf(3))).toThrow(RangeError);
  });
});
