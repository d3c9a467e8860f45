import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CREDENTIALS } from '../emulator.ts';
import { invoke } from '../invoke.ts';
import { localPath, ROOT, toolEnvironment } from '../project.ts';
import type { Stack } from '../stack.ts';
import { call } from './calls.ts';
import { eventually, expect, step, type Walk } from './walk.ts';

/** The ledger is sealed, and the customer's receipt then carries the proof that their opt-out stands in it. */
export async function proveReceipt(walk: Walk, receiptUrl: string): Promise<void> {
  await step(walk, 'The audit trail is sealed; the customer downloads the proof of their opt-out', async (say) => {
    const proof = await eventually('a receipt with a proof', async () => {
      await invoke(walk.stack, walk.stack.functions.sealLedger);
      const { headers, body } = await call(`${receiptUrl}?proof=1`);
      return headers.get('content-type')?.startsWith('text/plain') === true ? body : undefined;
    });
    const file = localPath('receipt.tlog-proof');
    await writeFile(file, proof);
    const verdict = await heed(walk.stack, ['verify-ledger', `s3://${walk.stack.auditBucket}/`, '--receipt', file]);
    expect(verdict.code === 0, 'a sound ledger that holds the receipt', verdict.output);
    for (const line of verdict.output.trim().split('\n')) say(line);
  });
}

/** Runs `npx heed`, as an auditor would, against the local AWS. */
export async function heed(
  { endpoint, region }: Stack,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const env = {
    ...toolEnvironment(),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  try {
    const { stdout } = await promisify(execFile)('node', ['heed.ts', ...args], { cwd: ROOT, env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code = 2, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string };
    return { code, output: `${stdout}${stderr}` };
  }
}
