import { EMPTY_ROOT, nodeHash } from './merkle.ts';

/** What an inclusion proof claims: this leaf hash stands at `index` of the tree of `size` leaves with this root. */
export interface InclusionClaim {
  size: number;
  index: number;
  leaf: Uint8Array;
  root: Uint8Array;
}

/** What a consistency proof claims: the old tree is a prefix of the new one. */
export interface ConsistencyClaim {
  oldSize: number;
  oldRoot: Uint8Array;
  size: number;
  root: Uint8Array;
}

/** Checks an inclusion proof as RFC 9162 §2.1.3.2 does. Never throws. */
export function verifyInclusion({ size, index, leaf, root }: InclusionClaim, proof: readonly Uint8Array[]): boolean {
  if (!isSize(size) || !isSize(index) || index >= size) return false;
  const path = new Path(index, size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (path.isAtRoot) return false;
    hash = path.isRightHere ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    path.climb();
  }
  return path.isAtRoot && isSame(hash, root);
}

/** Checks a consistency proof as RFC 9162 §2.1.4.2 does. Never throws. */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly Uint8Array[]): boolean {
  const { oldSize, oldRoot, size, root } = claim;
  if (!isSize(oldSize) || !isSize(size) || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && isSame(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && isSame(oldRoot, EMPTY_ROOT);
  return climbBoth(claim, proof);
}

function climbBoth({ oldSize, oldRoot, size, root }: ConsistencyClaim, proof: readonly Uint8Array[]): boolean {
  const path = new Path(oldSize - 1, size - 1);
  path.skipRightEdge();
  // Of an old tree that is one perfect subtree the proof leaves out the root.
  const [seed, ...siblings] = path.isAtStart ? [oldRoot, ...proof] : proof;
  if (seed === undefined) return false;
  let [old, now] = [seed, seed];
  for (const sibling of siblings) {
    if (path.isAtRoot) return false;
    if (path.isRightHere) old = nodeHash(sibling, old);
    now = path.isRightHere ? nodeHash(sibling, now) : nodeHash(now, sibling);
    path.climb();
  }
  return path.isAtRoot && isSame(old, oldRoot) && isSame(now, root);
}

/** `fn` and `sn` of RFC 9162: where we stand on a level, and where its last node stands. Divisions, as sizes outgrow 32-bit shifts. */
class Path {
  #node: number;
  #last: number;

  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get isAtRoot(): boolean {
    return this.#last === 0;
  }

  get isAtStart(): boolean {
    return this.#node === 0;
  }

  /** Whether the sibling is on the left: we are a right child, or the last node of its level. */
  get isRightHere(): boolean {
    return this.#node % 2 === 1 || this.#node === this.#last;
  }

  climb(): void {
    // A last node without sibling rises unchanged until it is a right child.
    if (this.#node % 2 === 0) while (this.#node === this.#last && this.#node % 2 === 0 && this.#node > 0) this.#up();
    this.#up();
  }

  skipRightEdge(): void {
    while (this.#node % 2 === 1) this.#up();
  }

  #up(): void {
    this.#node = Math.floor(this.#node / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
