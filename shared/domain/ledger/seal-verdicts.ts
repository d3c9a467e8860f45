import type { Chained } from './chain-link.ts';
import type { Sealed } from './checkpoint-trail.ts';
import type { Defect } from './defect.ts';

/**
 * Judges the checkpoints that contradict a chain without a broken link. If a later checkpoint agrees with the chain, its signer saw this
 * chain: the contradicting one is of another history. If none does, what follows the last agreeing one was made anew.
 */
export class SealVerdicts {
  #agreedObject: number;
  #contradiction: { sealed: Sealed; from: number } | undefined;

  constructor(agreedObject: number) {
    this.#agreedObject = agreedObject;
  }

  /** Compares an object with a checkpoint that names it. */
  compare(object: Chained, sealed: Sealed): Defect | undefined {
    const { checkpoint, key } = sealed;
    if (checkpoint.object.hash !== object.storedHash) {
      object.contradiction = sealed;
      object.isVouched ??= false;
      return undefined;
    }
    object.isVouched = true;
    const { end } = object;
    if (end === undefined || (end.size === checkpoint.size && end.root === checkpoint.root)) return undefined;
    const kind = end.size === checkpoint.size ? 'wrong-root' : 'wrong-size';
    return { kind, place: { checkpoint: key, object: object.number }, detail: 'it names this object and another tree' };
  }

  /** Takes an object with all that is known of it; `isExplained`: it was itself changed. */
  settle(object: Chained, isExplained: boolean): Defect[] {
    if (object.isVouched === true) return this.#agree(object);
    if (object.contradiction === undefined || isExplained) return [];
    const defects = this.end();
    this.#contradiction = { sealed: object.contradiction, from: this.#agreedObject + 1 };
    return defects;
  }

  /** What is left to say when no later checkpoint comes. */
  end(): Defect[] {
    if (this.#contradiction === undefined) return [];
    const { sealed, from } = this.#contradiction;
    this.#contradiction = undefined;
    const through = sealed.checkpoint.object.number;
    const place = { object: from, ...(through > from ? { through } : {}), checkpoint: sealed.key };
    return [{ kind: 'wrong-root', place, detail: 'these are not the records that were sealed' }];
  }

  #agree({ number, contradiction }: Chained): Defect[] {
    const other = contradiction ?? this.#contradiction?.sealed;
    this.#agreedObject = number;
    this.#contradiction = undefined;
    if (other === undefined) return [];
    return [{ kind: 'forked-checkpoints', place: { checkpoint: other.key }, detail: 'it is of another history' }];
  }
}
