import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import { StreamedTable } from './retained-table.ts';

/** Customers' data under their clocks, and the evidence of what was deleted. Apart from the Registry, so that neither's readers see the other. */
export class Contacts extends StreamedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { variable: ENV.contactsTable, description: 'Contacts of Heed' });
  }
}
