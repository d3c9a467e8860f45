import * as z from 'zod/mini';
import { type ConsistencyVerdict, checkConsistency } from '../../shared/domain/ledger/consistency.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';

const evidenceSchema = z.object({ older: z.string(), newer: z.string(), proof: z.array(z.string()) });

/** Checks the text of a proof file. `unreadable`: it is no such file, which says nothing about the ledger. */
export function verifyConsistencyFile(
  text: string,
  keys: readonly NoteKey[],
): ConsistencyVerdict | { kind: 'unreadable' } {
  const evidence = evidenceSchema.safeParse(parseJson(text));
  return evidence.success ? checkConsistency(evidence.data, keys) : { kind: 'unreadable' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Named failure: no JSON, thus no proof file.
    return undefined;
  }
}
