import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import { RetainedTable } from './retained-table.ts';

/** The ledger's head and bookkeeping. It has no stream: what the ledger notes of itself never enters the ledger. */
export class LedgerTable extends RetainedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { variable: ENV.ledgerTable, description: 'Head of the ledger of Heed' });
  }
}
