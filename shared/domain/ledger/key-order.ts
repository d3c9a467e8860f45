import { damage, type Examined } from './examine-object.ts';
import type { ObjectHeader } from './object-header.ts';

/** Finds objects that lie under another number than their own. */
export class KeyOrder {
  /** Numbers under which something else lay; bounded, as a wholly shuffled trail names itself soon enough. */
  readonly #displaced = new Set<number>();
  /** How far the object before lay from its place. */
  #shift = 0;

  /** Whether the object may be compared with the one before: both are where they belong, or displaced together. Notes a displacement. */
  isNeighbour(examined: Examined, header: ObjectHeader, before: { number: number; storedHash: string }): boolean {
    const { number } = examined;
    const [shiftBefore, shift] = [this.#shift, header.object - number];
    const doesFollow = header.previous === before.storedHash;
    if (shift !== 0 && shiftBefore === 0 && doesFollow) {
      damage(examined, 'edited-header', `it follows object ${before.number} and calls itself ${header.object}`, 1);
      return true;
    }
    this.#shift = shift;
    if (shift === shiftBefore && (shift === 0 || doesFollow)) return true;
    if (shift !== 0) this.#displace(examined, header.object);
    return false;
  }

  #displace(examined: Examined, object: number): void {
    const isCopy = object < examined.number && !this.#displaced.has(object);
    if (this.#displaced.size < 10_000) this.#displaced.add(examined.number);
    examined.isDisplaced = true;
    damage(examined, isCopy ? 'duplicate' : 'reordered', `it is object ${object}`);
  }
}
