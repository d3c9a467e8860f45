import { Frontier } from './frontier.ts';

/** Leaf hashes `first` to `end - 1`, in order. Asked for disjoint ranges, so that a proof is made in one pass and constant memory. */
export type LeafSource = (first: number, end: number) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export type Range = readonly [first: number, end: number];

/** RFC 6962 §2.1.1: the hashes that join leaf `index` to the root of the first `size` leaves, from the leaf upwards. */
export async function inclusionProof(size: number, index: number, leaves: LeafSource): Promise<Uint8Array[]> {
  if (!isIndex(index) || !isIndex(size) || index >= size) throw new RangeError(`No leaf ${index} in a tree of ${size}`);
  return await subtreeRoots(inclusionRanges(size, index), leaves);
}

/** RFC 6962 §2.1.2: the hashes that show the first `oldSize` leaves to be a prefix of the first `size`. Empty when there is nothing to show. */
export async function consistencyProof(oldSize: number, size: number, leaves: LeafSource): Promise<Uint8Array[]> {
  if (!isIndex(oldSize) || !isIndex(size) || oldSize > size) throw new RangeError(`No prefix ${oldSize} of ${size}`);
  return oldSize === 0 ? [] : await subtreeRoots(consistencyRanges(oldSize, size), leaves);
}

/** Root over a range of leaves as a tree of its own. */
async function subtreeRoots(ranges: readonly Range[], leaves: LeafSource): Promise<Uint8Array[]> {
  const roots: Uint8Array[] = [];
  for (const [first, end] of ranges) {
    const subtree = new Frontier();
    for await (const leaf of leaves(first, end)) subtree.append(leaf);
    if (subtree.size !== end - first) throw new RangeError(`Leaves ${first} to ${end - 1} are not all there`);
    roots.push(subtree.root());
  }
  return roots;
}

/** Ranges of leaves whose subtrees are the hashes of an inclusion proof, from the leaf upwards. */
export function inclusionRanges(size: number, index: number): Range[] {
  const ranges: Range[] = [];
  let [first, end]: Range = [0, size];
  while (end - first > 1) {
    const middle = first + splitPoint(end - first);
    ranges.unshift(index < middle ? [middle, end] : [first, middle]);
    [first, end] = index < middle ? [first, middle] : [middle, end];
  }
  return ranges;
}

/** The ranges of leaves whose subtree roots make a consistency proof, in its order. */
export function consistencyRanges(oldSize: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [first, end]: Range = [0, size];
  while (end !== oldSize) {
    const middle = first + splitPoint(end - first);
    ranges.unshift(oldSize <= middle ? [middle, end] : [first, middle]);
    [first, end] = oldSize <= middle ? [first, middle] : [middle, end];
  }
  // The verifier knows the old root: a subtree that is the whole old tree goes without saying.
  if (first > 0) ranges.unshift([first, end]);
  return ranges;
}

// RFC 6962 §2.1: the largest power of two that is smaller than the size.
function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
