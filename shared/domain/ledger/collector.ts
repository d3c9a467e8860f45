import { toBase64 } from './base64.ts';
import { lineText, objectLines } from './object-lines.ts';
import { parseRecord } from './record.ts';
import { isSelected, type Selection } from './selection.ts';
import { type Tiled, Tiles } from './tiles.ts';

/** A chosen record on its way to its proof. */
export interface Found extends Chosen {
  /** Position of its leaf in the tree to prove against; absent when that tree ends before it. */
  position?: number;
  /** Base64: its proof within its tile. */
  lower: readonly string[];
}

interface Chosen {
  index: number;
  object: number;
  leaf: string;
}

/** Chooses records out of unpacked objects, in one pass; gives {@link Found} as lines of JSON. */
export class Collector {
  readonly #selection: Selection;
  readonly #tiles: Tiles<Chosen>;
  #index = 0;
  count = 0;

  /** `size`: of the tree to prove against. */
  constructor(selection: Selection, size: number) {
    this.#selection = selection;
    this.#tiles = new Tiles(size);
  }

  addObject(data: Uint8Array): string[] {
    const { header, records } = objectLines(data);
    if (header !== undefined) this.#index = header.first;
    const found: string[] = [];
    for (const line of records) {
      found.push(...this.#addLine(line, header?.object ?? -1));
      this.#index += 1;
    }
    return found;
  }

  /** The records of the last tile. */
  end(): string[] {
    return this.#tiles.flush().map(foundLine);
  }

  /** See {@link Tiles.upper}. */
  upper(): (position: number) => Uint8Array[] {
    return this.#tiles.upper();
  }

  #addLine(line: Uint8Array, object: number): string[] {
    const chosen = this.#choose(lineText(line), object);
    if (this.#tiles.isWithin) return this.#tiles.add(line, chosen).map(foundLine);
    return chosen === undefined ? [] : [JSON.stringify({ ...chosen, lower: [] })];
  }

  #choose(leaf: string, object: number): Chosen | undefined {
    const record = parseRecord(leaf);
    if (record === undefined || !isSelected(this.#selection, record, this.#index)) return undefined;
    this.count += 1;
    return { index: this.#index, object, leaf };
  }
}

function foundLine({ chosen, position, lower }: Tiled<Chosen>): string {
  return JSON.stringify({ ...chosen, position, lower: lower.map(toBase64) } satisfies Found);
}
