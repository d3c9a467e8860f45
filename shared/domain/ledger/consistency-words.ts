import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointPair, ConsistencyVerdict } from './consistency.ts';

/** A verdict in plain words. */
export function consistencyWords(verdict: ConsistencyVerdict): string {
  if (verdict.kind === 'not-proven') return `NOT PROVEN  ${verdict.detail}\n`;
  const { older, newer } = verdict;
  const added = newer.size - older.size;
  return `PROVEN  ${newer.origin} kept all ${older.size} records as they were, and added ${added}.
older   ${checkpointWords(older)}
newer   ${checkpointWords(newer)}
`;
}

/** A verdict as JSON. */
export function consistencyJson(verdict: ConsistencyVerdict): object {
  if (verdict.kind === 'not-proven') return { verdict: verdict.kind, reason: verdict.detail };
  const { older, newer }: CheckpointPair = verdict;
  return { verdict: verdict.kind, origin: newer.origin, older: checkpointJson(older), newer: checkpointJson(newer) };
}

function checkpointWords({ size, root, time }: Checkpoint): string {
  return `${size} records, sealed ${time}, root ${root}`;
}

function checkpointJson({ size, root, time }: Checkpoint): object {
  return { size, root, time };
}
