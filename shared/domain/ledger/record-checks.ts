import { isCanonical } from './canonical.ts';
import type { DefectKind } from './defect.ts';
import { lineText } from './object-lines.ts';
import { RecentRecords } from './recent-records.ts';
import { type LedgerRecord, recordProblem } from './record.ts';
import type { VerifyLimits } from './verify-limits.ts';

export interface Finding {
  kind: DefectKind;
  detail: string;
}

const NOT_JSON: Finding = { kind: 'malformed', detail: 'the line is not canonical JSON' };

/** Checks records one after the other: their form, their fields, and what ties them to those before. */
export class RecordChecks {
  readonly #toleranceSeconds: number;
  readonly #recent: RecentRecords;
  #latest = '';

  constructor({ clockToleranceSeconds, recentRecords }: VerifyLimits) {
    this.#toleranceSeconds = clockToleranceSeconds;
    this.#recent = new RecentRecords(recentRecords);
  }

  /** Latest time so far. */
  get latest(): string {
    return this.#latest;
  }

  /** What is wrong with this line; `undefined` when nothing is. */
  check(line: Uint8Array): Finding | undefined {
    const text = lineText(line);
    const value = parse(text, line);
    if (value === undefined) return NOT_JSON;
    const problem = recordProblem(value);
    if (problem !== undefined) return problem;
    const record = value as LedgerRecord;
    return this.#clockProblem(record.at) ?? this.#recent.problem(record);
  }

  #clockProblem(at: string): Finding | undefined {
    const [latest, isEarlier] = [this.#latest, at < this.#latest];
    if (!isEarlier) this.#latest = at;
    if (!isEarlier || Date.parse(latest) - Date.parse(at) <= this.#toleranceSeconds * 1000) return undefined;
    // One time far in the future must not put all later records in the wrong.
    this.#latest = at;
    return { kind: 'clock-backwards', detail: `${at} comes after ${latest}` };
  }
}

function parse(text: string, line: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !isCanonical(text, value)) return undefined;
    // Bytes that are no UTF-8 become U+FFFD: the text would pass, the leaf is another.
    return text.includes('\ufffd') && Buffer.compare(Buffer.from(text), line) !== 0 ? undefined : value;
  } catch {
    return undefined;
  }
}
