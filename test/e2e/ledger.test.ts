import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { clientOptions } from '../../infra/local/clients.ts';
import { invoke } from '../../infra/local/invoke.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { type NoteKey, parseVkey } from '../../shared/domain/ledger/note-keys.ts';
import { parseReceipt, verifyReceipt } from '../../shared/domain/ledger/receipt.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import { newAddress } from './addresses.ts';
import { http } from './http.ts';
import { listBucket, optOut, sealAll, stack } from './world.ts';

const s3 = new S3Client(clientOptions(stack));
const Bucket = stack.auditBucket;

async function firstKey(Prefix: string): Promise<{ Key: string; VersionId: string }> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const [{ Key = '', VersionId = '' } = {}] = Versions;
  return { Key, VersionId };
}

async function publishedKey(): Promise<NoteKey> {
  const { Key } = await firstKey(KEY_PREFIX);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const key = parseVkey((await Body?.transformToString())?.trim() ?? '');
  if (key === undefined) throw new Error('The published key cannot be read');
  return key;
}

async function asJson(url: string) {
  const { status, body } = await http(url, { headers: { accept: 'application/json' } });
  expect(status).toBe(200);
  return JSON.parse(body);
}

test('a receipt says when to come back, and after the seal proves itself with the published key alone', async () => {
  const { requestId, receiptUrl } = await optOut({ email: newAddress() });
  const { ledger } = await eventually('a proof', async () => {
    const answer = await asJson(receiptUrl);
    if (answer.ledger.state === 'sealed') return answer;
    expect(answer.ledger).toEqual({ state: 'not-yet-sealed', retryAfterSeconds: 300 });
    await invoke(stack, stack.functions.sealLedger);
  });
  expect(verifyReceipt(ledger.receipt, [await publishedKey()]).kind).toBe('proven');
  expect(JSON.parse(ledger.receipt.leaf)).toMatchObject({ event: 'request.created', facts: { requestId } });

  const file = await http(`${receiptUrl}?proof=1`);
  expect(file.headers['content-disposition']).toMatch(/^attachment/);
  expect(parseReceipt(file.body)).toEqual(ledger.receipt);
});

test('sealing twice changes nothing', async () => {
  await optOut({ email: newAddress() });
  await sealAll();
  const before = await listBucket();
  await invoke(stack, stack.functions.sealLedger);
  expect(await listBucket()).toEqual(before);
});

describe.each([LEDGER_PREFIX, CHECKPOINT_PREFIX, KEY_PREFIX])('what lies under %s', (prefix) => {
  test('cannot be deleted before its time, nor written a second time (S3-01, S3-03)', async () => {
    await sealAll();
    const { Key, VersionId } = await firstKey(prefix);
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', IfNoneMatch: '*' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
  });
});
