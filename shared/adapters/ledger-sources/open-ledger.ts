import { stat } from 'node:fs/promises';
import type { StoredLedger } from '../../domain/ports/stored-ledger.ts';
import { CannotCheck } from '../command-line.ts';
import { folderShelf } from './folder-shelf.ts';
import { storedLedger } from './stored-ledger.ts';

/** Opens `s3://bucket/prefix` or a folder. Throws {@link CannotCheck} when there is no such folder. */
export async function openLedger(source: string): Promise<StoredLedger> {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(source) ?? [];
  if (bucket !== undefined) {
    // Only here: who checks a folder needs no AWS SDK.
    const { s3Shelf } = await import('./s3-shelf.ts');
    return storedLedger(s3Shelf(bucket, prefix.replace(/([^/])\/*$/, '$1/')));
  }
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new CannotCheck(`there is no folder ${source}`);
  return storedLedger(folderShelf(source));
}
