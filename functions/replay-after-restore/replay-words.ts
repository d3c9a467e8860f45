import type { Missing, RestoredTables } from '../../shared/domain/ports/restored-tables.ts';
import type { ReplayCounts } from './replay-after-restore.ts';

/** What no look at a table can tell. */
export const REMINDER = `A restored table is a new one. Before it takes traffic: point the functions at it, connect the stream to append-ledger and
dispatch, and set the alarms on it (docs/runbook.md, Restore).
`;

export function countWords(counts: ReplayCounts, isApplied: boolean): string {
  const { records, suppressions, contacts, classes, removed, unchanged, lost } = counts;
  return [
    `${records} records since the restore point; ${isApplied ? 'done' : 'to be done'}:`,
    `  ${suppressions} choices of people`,
    `  ${contacts} states of contacts`,
    `  ${classes} ends of their classes`,
    `  ${removed} items deleted`,
    `  ${unchanged} known already`,
    `  ${lost} about items that were made after the restore point and are not in the backup`,
    ...(isApplied ? [] : ['Nothing was changed. --apply does it.']),
    '',
  ].join('\n');
}

const WORDS: Readonly<Record<Missing, string>> = {
  'time-to-live': 'time to live on expiresAt: nothing is deleted by itself',
  stream: 'a stream with new and old images: neither ledger nor mails follow a write',
  'point-in-time-recovery': 'point-in-time recovery',
  'deletion-protection': 'deletion protection',
};

export function missingWords(missing: Readonly<Record<keyof RestoredTables, readonly Missing[]>>): string {
  return Object.entries(missing)
    .flatMap(([table, lacks]) => lacks.map((lack) => `MISSING  ${table}: ${WORDS[lack]}\n`))
    .join('');
}
