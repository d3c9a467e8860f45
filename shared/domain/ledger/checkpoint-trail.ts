import { type Checkpoint, checkpointKeySize, verifyCheckpoint } from './checkpoint.ts';
import type { Defect, DefectKind } from './defect.ts';
import type { NoteKey } from './note-keys.ts';

/** A checkpoint that a trusted key signed, and where it lies. */
export interface Sealed {
  key: string;
  checkpoint: Checkpoint;
}

/** A stored checkpoint; its text as decoded from UTF-8. */
export interface StoredCheckpoint {
  key: string;
  text: string;
}

interface CheckpointTrailOptions {
  keys: readonly NoteKey[];
  held: Checkpoint | undefined;
  clockToleranceSeconds: number;
}

/** Reads checkpoints in the order of their keys, one at a time, and finds what is wrong among themselves. */
export class CheckpointTrail {
  readonly #source: AsyncIterator<StoredCheckpoint>;
  readonly #keys: readonly NoteKey[];
  readonly #held: Sealed | undefined;
  readonly #toleranceSeconds: number;
  readonly #defects: Defect[] = [];
  #previous: Sealed | undefined;
  #waiting: Sealed | undefined;
  #isOver = false;
  /** Verified ones so far. */
  count = 0;

  /** `held`: a checkpoint that the checker brings, and from which on the trail is checked. */
  constructor(source: AsyncIterable<StoredCheckpoint>, { keys, held, clockToleranceSeconds }: CheckpointTrailOptions) {
    this.#toleranceSeconds = clockToleranceSeconds;
    this.#source = source[Symbol.asyncIterator]();
    this.#keys = keys;
    this.#held = held === undefined ? undefined : { key: 'since', checkpoint: held };
  }

  /** The next ones that speak of this object or of an earlier one. */
  async upTo(object: number): Promise<Sealed[]> {
    const found: Sealed[] = [];
    for (let next = await this.#peek(); next !== undefined; next = await this.#peek()) {
      if (next.checkpoint.object.number > object) break;
      found.push(next);
      this.#waiting = undefined;
    }
    return found;
  }

  /** What was found since the last call. */
  takeDefects(): Defect[] {
    return this.#defects.splice(0);
  }

  /** The newest verified one so far. */
  get newest(): Sealed | undefined {
    return this.#previous;
  }

  async #peek(): Promise<Sealed | undefined> {
    while (this.#waiting === undefined && !this.#isOver) {
      const { value, done } = await this.#source.next();
      if (done === true) this.#isOver = true;
      else this.#waiting = this.#read(value);
    }
    return this.#waiting;
  }

  #read({ key, text }: StoredCheckpoint): Sealed | undefined {
    const verdict = verifyCheckpoint(text, this.#keys);
    if (verdict.kind !== 'verified') return this.#report(verdict.kind, key, verdict.detail);
    this.count += 1;
    const sealed = { key, checkpoint: verdict.checkpoint };
    const isBeforeHeld = this.#previous === undefined && sealed.checkpoint.size < (this.#held?.checkpoint.size ?? 0);
    if (!this.#isInOrder(sealed) || isBeforeHeld) return undefined;
    this.#previous = sealed;
    return sealed;
  }

  #isInOrder({ key, checkpoint }: Sealed): boolean {
    const keySize = checkpointKeySize(key);
    if (keySize === undefined) this.#report('malformed', key, 'the key tells no tree size');
    else if (keySize > checkpoint.size) this.#report('checkpoint-rolled-back', key, `it holds size ${checkpoint.size}`);
    else if (keySize < checkpoint.size) this.#report('reordered', key, `it holds size ${checkpoint.size}`);
    return this.#continues({ key, checkpoint }, this.#previous ?? this.#held);
  }

  #continues({ key, checkpoint }: Sealed, previous: Sealed | undefined): boolean {
    if (previous === undefined) return true;
    const before = previous.checkpoint;
    if (checkpoint.origin !== before.origin)
      this.#report('malformed', key, `it is of another log than ${previous.key}`);
    if (isFork(checkpoint, before))
      this.#report('forked-checkpoints', key, `at size ${before.size} it contradicts ${previous.key}`);
    // The store goes on holding what is older than the checker's own.
    if (previous === this.#held && checkpoint.size < before.size) return true;
    if (this.#isRollback(checkpoint, before))
      this.#report('checkpoint-rolled-back', key, `it goes back behind ${previous.key}`);
    return checkpoint.size >= before.size;
  }

  // More leaves lie in later objects, and are sealed later, as far as clocks agree.
  #isRollback(checkpoint: Checkpoint, { size, time, object }: Checkpoint): boolean {
    if (checkpoint.size <= size) return checkpoint.size < size;
    const seconds = (Date.parse(time) - Date.parse(checkpoint.time)) / 1000;
    return seconds > this.#toleranceSeconds || checkpoint.object.number <= object.number;
  }

  #report(kind: DefectKind, checkpoint: string, detail: string): undefined {
    this.#defects.push({ kind, place: { checkpoint }, detail });
  }
}

function isFork(checkpoint: Checkpoint, { size, root, object }: Checkpoint): boolean {
  return checkpoint.size === size && (checkpoint.root !== root || checkpoint.object.hash !== object.hash);
}
