import { leafHash } from './merkle.ts';
import { SubtreeRoots } from './subtree-roots.ts';

const TILE = 1024;

/** A record that was chosen, and the part of its proof that lies within its tile. */
export interface Tiled<T> {
  chosen: T;
  /** Position of its leaf. */
  position: number;
  lower: Uint8Array[];
}

/**
 * Makes inclusion proofs in one pass. A proof needs hashes from the far end of the tree; of those only the roots of tiles are kept,
 * 32 bytes for 1,024 records, and beside them one tile.
 */
export class Tiles<T> {
  readonly #size: number;
  readonly #tile: number;
  readonly #roots: Uint8Array[] = [];
  #leaves: Uint8Array[] = [];
  #waiting: { chosen: T; position: number }[] = [];
  #position = 0;

  /**
   * `size`: of the tree to prove against; what follows is not part of it. `tile`: leaves of a tile, a power of two, so that a tile is a
   * subtree of every larger tree.
   */
  constructor(size: number, tile = TILE) {
    this.#size = size;
    this.#tile = tile;
  }

  /** Whether the next leaf is part of the tree. */
  get isWithin(): boolean {
    return this.#position < this.#size;
  }

  /** Adds a leaf, with what is chosen of it; gives the records of a tile when it is full, or the tree is. */
  add(leaf: Uint8Array, chosen: T | undefined): Tiled<T>[] {
    this.#leaves.push(leafHash(leaf));
    if (chosen !== undefined) this.#waiting.push({ chosen, position: this.#position });
    this.#position += 1;
    return this.#leaves.length === this.#tile || this.#position === this.#size ? this.flush() : [];
  }

  /** Ends a tile that the ledger does not fill. */
  flush(): Tiled<T>[] {
    if (this.#leaves.length === 0) return [];
    const tile = new SubtreeRoots(this.#leaves);
    const done = this.#waiting.map((one) => ({ ...one, lower: tile.proof(one.position % this.#tile) }));
    this.#roots.push(tile.root());
    this.#leaves = [];
    this.#waiting = [];
    return done;
  }

  /** After the last leaf: the part of each proof above its tile, by the position of the leaf. */
  upper(): (position: number) => Uint8Array[] {
    const tree = new SubtreeRoots(this.#roots);
    return (position) => tree.proof(Math.floor(position / this.#tile));
  }
}
