import { Frontier } from './frontier.ts';
import { consistencyRanges, type Range } from './proofs.ts';

/** A tree of `size` leaves and the older one of `oldSize` that it is to continue. */
export interface TreePair {
  oldSize: number;
  size: number;
}

/**
 * Makes a consistency proof (RFC 6962 §2.1.2) from a stretch of the log, in one pass: the frontier at or before the old tree's end, and the
 * leaf hashes from there on. The subtrees to the left of that end are the old tree's frontier, so nothing before the stretch is read, and
 * those to the right follow each other, so one frontier at a time is held.
 */
export class ConsistencyStretch {
  readonly #pair: TreePair;
  readonly #ranges: readonly Range[];
  readonly #old: Frontier;
  /** Sizes of the subtrees to the right, in the order of their leaves. */
  readonly #rightSizes: number[];
  readonly #rights: Uint8Array[] = [];
  #subtree = new Frontier();
  #position: number;

  constructor(pair: TreePair, before: Frontier) {
    const { oldSize, size } = pair;
    if (before.size > oldSize || oldSize > size) throw new RangeError(`No stretch from ${before.size} to ${size}`);
    this.#pair = pair;
    this.#ranges = consistencyRanges(oldSize, size);
    this.#rightSizes = this.#ranges.filter(([first]) => first >= oldSize).map(([first, end]) => end - first);
    this.#old = new Frontier(before.size, before.hashes);
    this.#position = before.size;
  }

  /** Index of the next leaf. */
  get position(): number {
    return this.#position;
  }

  /** Whether there is nothing left to add: what follows is not part of the new tree. */
  get isWhole(): boolean {
    return this.#position === this.#pair.size;
  }

  add(leaf: Uint8Array): void {
    if (this.isWhole) throw new RangeError(`The tree has ${this.#pair.size} leaves`);
    this.#position += 1;
    if (this.#old.size < this.#pair.oldSize) this.#old.append(leaf);
    else this.#addRight(leaf);
  }

  /** Root of the old tree, as these leaves have it. */
  oldRoot(): Uint8Array {
    return this.#old.root();
  }

  /** Throws `RangeError` before the last leaf is added. */
  proof(): Uint8Array[] {
    if (!this.isWhole) throw new RangeError(`The stretch ends at ${this.#position}, not at ${this.#pair.size}`);
    const lefts = [...this.#old.hashes];
    const rights = this.#rights.values();
    return this.#ranges.map(([, end]) => {
      const hash = end <= this.#pair.oldSize ? lefts.pop() : rights.next().value;
      if (hash === undefined) throw new RangeError('The leaves do not span the proof');
      return hash;
    });
  }

  #addRight(leaf: Uint8Array): void {
    this.#subtree.append(leaf);
    if (this.#subtree.size !== this.#rightSizes[this.#rights.length]) return;
    this.#rights.push(this.#subtree.root());
    this.#subtree = new Frontier();
  }
}
