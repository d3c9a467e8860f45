import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { LedgerExport } from '../../shared/domain/ledger/export-ledger.ts';
import { COLUMNS, tableRow } from './exported-record.ts';

/** What an export says of itself. */
export interface ExportFacts {
  exportedAt: string;
  /** What was asked for; never an address, nor what is made of one. */
  selection: { since?: string; until?: string; fromIndex?: number; subject: 'one-person' | 'everybody' };
  publicKeys: { origin: string; keys: readonly string[] };
}

export type ExportWriter = (exported: LedgerExport, facts: ExportFacts, to: Writable) => Promise<void>;

export const EXPORT_WRITERS: Readonly<Record<'csv' | 'json', ExportWriter>> = {
  csv: async ({ records, sealed }, _facts, to) => {
    const rows = async function* () {
      for await (const record of records) yield tableRow(record, sealed?.key ?? '');
    };
    // CWE-1236: a cell that begins with = + - @ is a formula for a spreadsheet.
    const table = stringify({
      header: true,
      columns: [...COLUMNS],
      escape_formulas: true,
      record_delimiter: 'windows',
    });
    await pipeline(rows, table, to, { end: false });
  },
  json: async (exported, facts, to) => {
    await pipeline(jsonParts(exported, facts), to, { end: false });
  },
};

async function* jsonParts({ records, sealed, summary, count }: LedgerExport, facts: ExportFacts) {
  const head = {
    format: 'heed-export/1',
    ...facts,
    verdict: summary.defects === 0 ? 'sound' : 'defect',
    ledger: summary,
    checkpoint: sealed?.note ?? null,
    count,
  };
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "records": [`;
  let separator = '\n    ';
  for await (const { leaf, ...record } of records) {
    yield `${separator}${JSON.stringify({ ...record, record: JSON.parse(leaf), leaf })}`;
    separator = ',\n    ';
  }
  yield '\n  ]\n}\n';
}
