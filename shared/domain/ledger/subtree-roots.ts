import { nodeHash } from './merkle.ts';
import { inclusionRanges } from './proofs.ts';

/** A tree over hashes that are held; gives the inclusion proof of each, computing every node once. */
export class SubtreeRoots {
  readonly #leaves: readonly Uint8Array[];
  readonly #known = new Map<number, Uint8Array>();

  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves;
  }

  /** Merkle tree hash of all. Throws `RangeError` for a tree without leaves. */
  root(): Uint8Array {
    return this.#root(0, this.#leaves.length);
  }

  /** RFC 6962 §2.1.1, from the leaf upwards. */
  proof(index: number): Uint8Array[] {
    return inclusionRanges(this.#leaves.length, index).map(([first, end]) => this.#root(first, end));
  }

  #root(first: number, end: number): Uint8Array {
    if (end - first === 1) return this.#leaf(first);
    const name = first * (this.#leaves.length + 1) + end;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // RFC 6962 §2.1: the left part is the largest power of two that is smaller than the whole.
    const middle = first + (1 << (31 - Math.clz32(end - first - 1)));
    const root = nodeHash(this.#root(first, middle), this.#root(middle, end));
    this.#known.set(name, root);
    return root;
  }

  #leaf(index: number): Uint8Array {
    const leaf = this.#leaves[index];
    if (leaf === undefined) throw new RangeError(`No leaf ${index} among ${this.#leaves.length}`);
    return leaf;
  }
}
