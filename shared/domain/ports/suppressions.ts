import type { SubjectKey } from '../subject.ts';
import type { Choices } from '../suppression.ts';

/** Reads what people chose. Strongly consistent: an accepted opt-out is seen by the next read. Rejects rather than guesses. */
export interface Suppressions {
  /** Joined choices of one person known by several keys; empty when nothing is known. */
  read(keys: readonly SubjectKey[]): Promise<Choices>;
  /** The same for many people; answers in the order asked. */
  readMany(people: readonly (readonly SubjectKey[])[]): Promise<Choices[]>;
}
