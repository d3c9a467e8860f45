import { hash } from 'node:crypto';
import type { EpochSeconds } from '../epoch.ts';
import type { SubjectKey } from '../subject.ts';

/** `del_` and 32 hex digits of the SHA-256 of the stream event that told of it: the same for each delivery. */
export type DeletionId = `del_${string}`;

export const DELETION_ID_PATTERN = /^del_[0-9a-f]{32}$/;

/** Id of the deletion of which this stream event tells. */
export function deletionIdOf(eventId: string): DeletionId {
  return `del_${hash('sha256', eventId, 'hex').slice(0, 32)}`;
}

/** Who deleted: DynamoDB's TTL (DD-05), the sweeper that comes after it, or the customer's own request. */
export type DeletedBy = 'ttl' | 'sweeper' | 'erasure';

/**
 * One class of one contact that Heed has deleted, and the systems that must follow. Done when all of them have acknowledged. Holds no personal
 * data but the subject key; ends with the evidence's own period.
 */
export interface Deletion {
  deletionId: DeletionId;
  subjectKey: SubjectKey;
  class: string;
  method: 'delete' | 'anonymise';
  /** When the schedule, or the erasure, ended it. */
  due: Date;
  /** When it was over for every reader: later than `due` after a hold or a grace. */
  endedAt: Date;
  deletedAt: Date;
  by: DeletedBy;
  policyVersion?: string;
  systems: readonly string[];
  /** By system: when it acknowledged, and the hash of its own evidence if it gave one. */
  acknowledged: Readonly<Record<string, { at: Date; evidence?: string }>>;
  expiresAt: EpochSeconds;
}

/** Whole seconds from the end to the deletion: what TTL and the sweeper took. */
export function lagSeconds({ endedAt, deletedAt }: Pick<Deletion, 'endedAt' | 'deletedAt'>): number {
  return Math.max(0, Math.round((deletedAt.getTime() - endedAt.getTime()) / 1000));
}

/** Whether all systems have followed. */
export function isDone({ systems, acknowledged }: Pick<Deletion, 'systems' | 'acknowledged'>): boolean {
  return systems.every((system) => system in acknowledged);
}
