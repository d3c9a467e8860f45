import type { ExportedRecord } from '../../shared/domain/ledger/export-ledger.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';

/** Columns of a table, in their order. */
export const COLUMNS = [
  'index',
  'object',
  'state',
  'at',
  'event',
  'id',
  'seq',
  'subjectKey',
  'requestId',
  'facts',
  'leaf',
  'proof',
  'checkpoint',
] as const;

/** A row of the table; `checkpoint` is the key of the checkpoint that the proof leads to. */
export function tableRow(exported: ExportedRecord, checkpoint: string): Record<(typeof COLUMNS)[number], string> {
  const { index, object, state, leaf, proof } = exported;
  const { at, event, id, seq, facts } = JSON.parse(leaf) as LedgerRecord;
  return {
    index: String(index),
    object: String(object),
    state,
    at,
    event,
    id,
    seq,
    subjectKey: cell(facts.subjectKey),
    requestId: cell(facts.requestId),
    facts: JSON.stringify(facts),
    leaf,
    // As JSON: a hash in Base64 may begin with +, which a spreadsheet takes for a formula and the guard would change.
    proof: state === 'sealed' ? JSON.stringify(proof) : '',
    checkpoint: state === 'sealed' ? checkpoint : '',
  };
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
