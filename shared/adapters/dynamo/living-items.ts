import { paginateScan, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { isExpired } from '../../domain/epoch.ts';
import { type Attributes, fromItem, type Table } from './table.ts';

/** Items whose end has passed are gone, whether or not they have been deleted yet (DD-02). */
export function isLiving({ expiresAt }: Attributes, now: Date): boolean {
  return !isExpired(expiresAt as number | undefined, now);
}

/** All items that a filter lets through and that are not over, by a paged, consistent scan. */
export async function* scanLiving(
  table: Table,
  filter: Omit<ScanCommandInput, 'TableName'>,
  now: Date,
): AsyncIterable<Attributes> {
  const pages = paginateScan({ client: table.client }, { TableName: table.name, ConsistentRead: true, ...filter });
  for await (const { Items = [] } of pages) for (const item of Items.map(fromItem)) if (isLiving(item, now)) yield item;
}
