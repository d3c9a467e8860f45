import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { KEY_PREFIX } from '../../../shared/names.ts';
import { clientOptions } from '../clients.ts';
import { invoke } from '../invoke.ts';
import { localPath } from '../project.ts';
import type { Stack } from '../stack.ts';
import { type Answer, call } from './calls.ts';
import { heed } from './ledger.ts';
import { eventually, expect, type Say, step, type Walk } from './walk.ts';

/** A customer cancels; their data end by themselves, and a certificate that anybody can check proves it. */
export async function forgetCustomer(walk: Walk): Promise<void> {
  await step(
    walk,
    'A customer cancels; when the period is over their data are gone, with a certificate',
    async (say) => {
      for (const attempt of [1, 2, 3]) if (await forgetOnce(walk, say, attempt)) return;
      expect(false, 'a certificate of deletion', 'none in three attempts');
    },
  );
}

// The local AWS has a TTL of its own that deletes within a minute and without a trace. When it was faster than the sweeper, try again.
async function forgetOnce(walk: Walk, say: Say, attempt: number): Promise<boolean> {
  const path = `/v1/contacts/walk-${randomBytes(6).toString('hex')}`;
  await api(walk, 'PUT', path, { identifiers: [], classes: { brief: { data: { note: 'for a moment' } } } });
  const cancelled = await api(walk, 'POST', `${path}/cancellation`, { cancelledAt: new Date().toISOString() });
  expect(cancelled.status === 200, 'the cancellation to be taken', cancelled.body);
  await eventually('the data to be over', async () =>
    (await api(walk, 'GET', path)).status === 404 ? true : undefined,
  );
  say('Nobody can read them any more: the answer is the same as for a customer who never was.');
  const certificate = await awaitCertificate(walk, path).catch((error: unknown) => {
    if (attempt === 3) throw error;
  });
  if (certificate === undefined) return false;
  await verify(walk.stack, certificate, say);
  return true;
}

/** Sweeps, seals and asks until every proof in the certificate is there. */
async function awaitCertificate(walk: Walk, path: string): Promise<string> {
  const { stack } = walk;
  return await eventually(
    'a certificate with its proofs',
    async () => {
      await invoke(stack, stack.functions.sweepExpired);
      await invoke(stack, stack.functions.sealLedger);
      const { status, body } = await api(walk, 'GET', `${path}/deletion-certificate`);
      return status === 200 && !body.includes('not-yet-sealed') ? body : undefined;
    },
    20,
  );
}

async function verify(stack: Stack, certificate: string, say: Say): Promise<void> {
  const [file, key] = [localPath('certificate.json'), localPath('ledger.vkey')];
  await writeFile(file, certificate);
  await writeFile(key, await publishedKey(stack));
  const { code, output } = await heed(stack, ['verify-certificate', file, '--public-key', key]);
  expect(code === 0, 'a certificate that proves itself', output);
  for (const line of output.trim().split('\n')) say(line);
}

async function publishedKey(stack: Stack): Promise<string> {
  const s3 = new S3Client(clientOptions(stack));
  const Bucket = stack.auditBucket;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: KEY_PREFIX }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: Contents[0]?.Key ?? '' }));
  return (await Body?.transformToString()) ?? '';
}

async function api({ stack, token }: Walk, method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return await call(stack.publicUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}
