import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import { StreamedTable } from './retained-table.ts';

/** Suppressions, requests, guards and confirmations. */
export class Registry extends StreamedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { variable: ENV.registryTable, description: 'Registry of Heed' });
  }
}
