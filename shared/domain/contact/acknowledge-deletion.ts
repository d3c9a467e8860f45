import { VisibleError } from '../errors.ts';
import type { Deletions } from '../ports/deletions.ts';
import type { SubjectKey } from '../subject.ts';
import type { DeletionId } from './deletion.ts';

export interface AcknowledgeDeletionPorts {
  deletions: Pick<Deletions, 'acknowledge'>;
  now: () => Date;
}

/** "We have deleted, too." */
export interface Acknowledgement {
  deletionId: DeletionId;
  subjectKey: SubjectKey;
  system: string;
  /** SHA-256 of what the system itself keeps as evidence, in hex. */
  evidence?: string | undefined;
}

/**
 * Notes that a system has followed a deletion; the first acknowledgement stands, and the same again is no error. Throws `VisibleError` for what
 * no deletion asked for: an acknowledgement that is lost silently would leave it open for ever.
 */
export function acknowledgeDeletion({ deletions, now }: AcknowledgeDeletionPorts) {
  return async ({ deletionId, subjectKey, system, evidence }: Acknowledgement): Promise<void> => {
    const outcome = await deletions.acknowledge({ deletionId, subjectKey }, system, { at: now(), evidence });
    if (outcome !== 'unknown') return;
    throw new VisibleError('not-found', 'deletion.unknown', 'No deletion of this id waits for this system', {
      accepted: 'deletionId, subjectKey and one of the systems of the event contact.class.expired',
    });
  };
}
