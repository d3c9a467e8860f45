import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { LEDGER_PREFIX } from '../../shared/names.ts';
import { clientOptions } from './clients.ts';
import type { Stack } from './stack.ts';

/** One object of the ledger: its key, and its lines as they were written. */
export interface LedgerObject {
  key: string;
  lines: string[];
}

/** The whole ledger, in the order of its keys. */
export async function readLedger(stack: Stack): Promise<LedgerObject[]> {
  const client = new S3Client(clientOptions(stack));
  const objects: LedgerObject[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: stack.auditBucket, Prefix: LEDGER_PREFIX })) {
    for (const { Key = '' } of page.Contents ?? []) objects.push(await readObject(client, stack.auditBucket, Key));
  }
  return objects;
}

async function readObject(client: S3Client, Bucket: string, Key: string): Promise<LedgerObject> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  if (Body === undefined) throw new Error(`The ledger object ${Key} has no body`);
  return { key: Key, lines: toLines(await Body.transformToByteArray()) };
}

/** Lines of a gzipped NDJSON object. */
export function toLines(gzipped: Uint8Array): string[] {
  return gunzipSync(gzipped).toString('utf8').split('\n').filter(Boolean);
}
