import { Frontier } from './frontier.ts';
import { inclusionRanges } from './proofs.ts';

/** A leaf of a tree of `size` leaves. */
interface LeafPlace {
  size: number;
  index: number;
}

/**
 * Inclusion proof (RFC 6962 §2.1.1) from a stretch of the log: the frontier before it, and the leaf hashes from there to the tree's end. The
 * subtrees to the left of a leaf are the frontier of the tree that ends before it, so nothing before the stretch is read.
 */
export function inclusionProofFrom(place: LeafPlace, before: Frontier, leaves: readonly Uint8Array[]): Uint8Array[] {
  const { size, index } = place;
  const start = before.size;
  if (index < start || index >= size || start + leaves.length < size)
    throw new RangeError('The leaves do not span the proof');
  const lefts = [...frontierOf(leaves.slice(0, index - start), before).hashes];
  return inclusionRanges(size, index).map(([first, end]) => {
    const left = end <= index ? lefts.pop() : undefined;
    return left ?? frontierOf(leaves.slice(first - start, end - start)).root();
  });
}

function frontierOf(leaves: readonly Uint8Array[], { size, hashes } = new Frontier()): Frontier {
  const frontier = new Frontier(size, hashes);
  for (const leaf of leaves) frontier.append(leaf);
  return frontier;
}
