import type { Deletion, DeletionId } from '../contact/deletion.ts';
import type { SubjectKey } from '../subject.ts';

/** Which systems have followed a deletion. */
export interface Deletions {
  /** Notes a deletion once, however often it is told. */
  open(deletion: Deletion): Promise<void>;
  /** `unknown`: no such deletion, or the system is not one of its. Safe to repeat: the first acknowledgement stands. */
  acknowledge(
    deletion: { subjectKey: SubjectKey; deletionId: DeletionId },
    system: string,
    acknowledgement: { at: Date; evidence?: string | undefined },
  ): Promise<'acknowledged' | 'already-acknowledged' | 'unknown'>;
  /** Of one contact, oldest first; only those whose evidence has not ended at `now`. */
  list(keys: readonly SubjectKey[], now: Date): Promise<readonly Deletion[]>;
}

/** Deletions that systems have not followed. */
export interface UnfinishedDeletions {
  /** How many happened before `time` and still wait for a system. May miss what is written meanwhile. */
  countDeletedBefore(time: Date): Promise<number>;
}
