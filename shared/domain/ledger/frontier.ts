import { EMPTY_ROOT, nodeHash } from './merkle.ts';

/**
 * The right edge of a growing RFC 6962 tree: the roots of its perfect subtrees, the largest first. All that an append or a root needs,
 * at most 53 hashes however long the log is.
 */
export class Frontier {
  #size: number;
  readonly #hashes: Uint8Array[];

  /** Throws `RangeError` when the number of hashes is not that of a tree of this size. */
  constructor(size = 0, hashes: readonly Uint8Array[] = []) {
    if (hashes.length !== frontierLength(size)) throw new RangeError(`A tree of ${size} leaves has another frontier`);
    this.#size = size;
    this.#hashes = [...hashes];
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  get hashes(): readonly Uint8Array[] {
    return this.#hashes;
  }

  /** Adds a leaf by its hash; about one node hash each, on average. */
  append(leaf: Uint8Array): void {
    let joined = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      joined = nodeHash(this.#hashes.pop() ?? EMPTY_ROOT, joined);
    }
    this.#hashes.push(joined);
    this.#size += 1;
  }

  /** Merkle tree hash of all leaves so far. */
  root(): Uint8Array {
    return this.#hashes.reduceRight<Uint8Array | undefined>(joinLeft, undefined) ?? EMPTY_ROOT;
  }
}

/** Perfect subtrees in a tree of this size: the ones in its binary form. */
export function frontierLength(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

function joinLeft(right: Uint8Array | undefined, left: Uint8Array): Uint8Array {
  return right === undefined ? left : nodeHash(left, right);
}
