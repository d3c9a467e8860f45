import { CsvError, parse } from 'csv-parse/sync';

/** What is wrong with a line. Words repeat nothing of it. */
export interface LineProblem {
  code: string;
  detail: string;
  field?: string | undefined;
}

/** A line of a list of cancellations: a value that looks like one, or why it cannot be read. */
export type ReadLine = { line: number; value: unknown } | { line: number; problem: LineProblem };

/** How a list is written. In both, one line is one cancellation, so that a broken one spoils no other. */
export type ListFormat = 'csv' | 'ndjson';

/** The columns of a table of cancellations, in any order; the first two must be there. */
export const COLUMNS = ['contactId', 'cancelledAt', 'reason', 'contractEndsAt'] as const;
const NEEDED = COLUMNS.slice(0, 2);

type ReadText = (text: string) => { value: unknown } | { problem: LineProblem };

/** A table that does not name its columns as it must. */
export class WrongHeader extends Error {
  override readonly name = 'WrongHeader';
}

/** Reads lines of JSON (NDJSON). */
export const readJsonLine: ReadText = (text) => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // Named failure: no JSON.
    return { problem: { code: 'line.not-json', detail: 'The line is not valid JSON' } };
  }
};

/**
 * Reads rows below this header (RFC 4180, but for line breaks within a cell), separated as it is: by commas, or by semicolons as spreadsheets
 * in some countries write them. An empty cell is a value that is not given. Throws {@link WrongHeader}.
 */
export function readRowsBelow(header: string): ReadText {
  const delimiter = header.includes(';') ? ';' : ',';
  const names = cells(header, delimiter);
  if (names === undefined || !isHeader(names)) throw new WrongHeader(`The first line is not ${COLUMNS.join(',')}`);
  return (text) => {
    const row = cells(text, delimiter);
    if (row === undefined) {
      return {
        problem: { code: 'line.not-csv', detail: 'The line is no row: a quotation mark is missing or misplaced' },
      };
    }
    if (row.length !== names.length) {
      return { problem: { code: 'line.columns', detail: `${row.length} columns instead of ${names.length}` } };
    }
    const given = names.map((name, index) => [name, row[index]]).filter(([, cell]) => cell !== '');
    return { value: Object.fromEntries(given) };
  };
}

/** The lines of a text; empty ones are counted, and passed over. Throws {@link WrongHeader}. */
export function readLines(format: ListFormat, text: string): ReadLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [header = ''] = lines;
  const read = format === 'csv' ? readRowsBelow(header) : readJsonLine;
  return lines
    .map((content, index) => ({ content, line: index + 1 }))
    .slice(format === 'csv' ? 1 : 0)
    .filter(({ content }) => content.trim() !== '')
    .map(({ content, line }) => ({ line, ...read(content) }));
}

function isHeader(names: readonly string[]): boolean {
  const known: readonly string[] = COLUMNS;
  const isNamedOnce = new Set(names).size === names.length;
  return isNamedOnce && names.every((name) => known.includes(name)) && NEEDED.every((name) => names.includes(name));
}

function cells(line: string, delimiter: string): string[] | undefined {
  try {
    const [row, ...others] = parse(line, { delimiter, trim: true, relax_column_count: true }) as string[][];
    return others.length === 0 ? row : undefined;
  } catch (error) {
    // Named failure: quotation marks that do not match.
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
