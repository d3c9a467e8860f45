import * as z from 'zod/mini';
import type { Deletion, DeletionId } from '../../domain/contact/deletion.ts';
import { epochSeconds } from '../../domain/epoch.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { deletionKey } from './contact-keys.ts';
import type { Attributes } from './table.ts';

/** A new deletion as it is stored. The lists repeat the acknowledgements flat, as the ledger takes them: it knows no nested facts. */
export function deletionItem({ acknowledged: _, due, endedAt, deletedAt, ...deletion }: Deletion): Attributes {
  return {
    ...deletionKey(deletion.subjectKey, deletion.deletionId),
    ...deletion,
    due: due.toISOString(),
    endedAt: endedAt.toISOString(),
    deletedAt: deletedAt.toISOString(),
    acknowledged: {},
    acknowledgedBy: [],
    acknowledgedAt: [],
    acknowledgedWith: [],
    version: 1,
  };
}

const dateSchema = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
);

const itemSchema = z.object({
  deletionId: z.string(),
  subjectKey: z.string(),
  class: z.string(),
  method: z.enum(['delete', 'anonymise']),
  due: dateSchema,
  endedAt: dateSchema,
  deletedAt: dateSchema,
  by: z.enum(['ttl', 'sweeper', 'erasure']),
  policyVersion: z.optional(z.string()),
  systems: z.array(z.string()),
  acknowledged: z.record(z.string(), z.object({ at: dateSchema, evidence: z.optional(z.string()) })),
  expiresAt: z.number(),
});

/** Reads what {@link deletionItem} wrote. Throws on anything else: what is stored is parsed, too. */
export function parseDeletionItem(item: Attributes): Deletion {
  const { policyVersion, acknowledged, ...deletion } = itemSchema.parse(item);
  return {
    ...deletion,
    deletionId: deletion.deletionId as DeletionId,
    subjectKey: deletion.subjectKey as SubjectKey,
    acknowledged: Object.fromEntries(
      Object.entries(acknowledged).map(([system, { at, evidence }]) => [
        system,
        { at, ...(evidence === undefined ? {} : { evidence }) },
      ]),
    ),
    expiresAt: epochSeconds(deletion.expiresAt),
    ...(policyVersion === undefined ? {} : { policyVersion }),
  };
}
