import * as z from 'zod/mini';
import { type DeletedBy, type Deletion, deletionIdOf, lagSeconds } from '../domain/contact/deletion.ts';
import type { SubjectKey } from '../domain/subject.ts';
import type { RegistryChange } from './registry-change.ts';

/** What the removal of a class itself tells; method and systems come from the schedule. */
export type ClassDeletion = Omit<Deletion, 'method' | 'systems' | 'acknowledged' | 'expiresAt'>;

// Of the item only what is needed, so that data never come near (DD-07).
const classSchema = z.object({
  subjectKey: z.string().check(z.minLength(1)),
  class: z.string().check(z.minLength(1)),
  due: z.optional(z.iso.datetime()),
  expiresAt: z.number(),
  policyVersion: z.optional(z.string()),
});

/** Whether the change is the deletion of a class whose end had passed, whoever did it. */
export function isClassDeletion({ itemType, endedBy }: RegistryChange): boolean {
  return itemType === 'contact-class' && endedBy !== undefined;
}

/** Reads a {@link isClassDeletion}. Throws on an item that lacks what each class has. */
export function classDeletion(change: RegistryChange): ClassDeletion {
  const { subjectKey, due, expiresAt, policyVersion, ...item } = classSchema.parse(change.before);
  const endedAt = new Date(expiresAt * 1000);
  return {
    deletionId: deletionIdOf(change.eventId),
    subjectKey: subjectKey as SubjectKey,
    class: item.class,
    due: due === undefined ? endedAt : new Date(due),
    endedAt,
    deletedAt: change.at,
    by: deletedBy(change),
    ...(policyVersion === undefined ? {} : { policyVersion }),
  };
}

/** Facts of a class's deletion that its item does not have: what the ledger adds to them. Never throws. */
export function deletionFacts(change: RegistryChange): Record<string, unknown> {
  const { expiresAt } = change.before;
  const ended = typeof expiresAt === 'number' ? new Date(expiresAt * 1000) : undefined;
  return {
    deletionId: deletionIdOf(change.eventId),
    by: deletedBy(change),
    ...(ended === undefined ? {} : { lagSeconds: lagSeconds({ endedAt: ended, deletedAt: change.at }) }),
  };
}

// What the customer had erased went by their will, whoever came to delete it.
function deletedBy({ before, endedBy = 'sweeper' }: RegistryChange): DeletedBy {
  return before.erasureId === undefined ? endedBy : 'erasure';
}
