import { isTime, type LedgerRecord } from './record.ts';

/** Which records are asked for; all of them without any condition. */
export interface Selection {
  /** From this moment on, ISO 8601 in UTC to the second. */
  since?: string;
  /** Before this moment. */
  until?: string;
  /** From this leaf on: the size of a checkpoint's tree. */
  fromIndex?: number;
  /** Of the person who stands under one of these. */
  subjectKeys?: ReadonlySet<string>;
}

export function isSelected(selection: Selection, { at, facts }: LedgerRecord, index: number): boolean {
  const { since, until, fromIndex = 0, subjectKeys } = selection;
  if (index < fromIndex || (since !== undefined && at < since) || (until !== undefined && at >= until)) return false;
  return subjectKeys === undefined || subjectKeys.has(String(facts.subjectKey));
}

/** A moment as it is typed: a day (its beginning) or a time, in UTC. `undefined` for anything else. */
export function readMoment(text: string): string | undefined {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  return isTime(moment) ? moment : undefined;
}
