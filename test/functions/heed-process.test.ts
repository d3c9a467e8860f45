import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logKey, sampleLedger, writeLedgerFolder } from '../support/ledger-folder.ts';
import { TEST_SECRET } from '../support/test-key-ring.ts';

const HEED = join(import.meta.dirname, '../../heed.ts');
const CANARY = 'canary.person@example.org';
/** Makes any import of the AWS SDK fail. */
const WITHOUT_SDK = `data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module"; registerHooks({ resolve: (name, context, next) => { ' +
    'if (name.startsWith("@aws-sdk/")) throw new Error("the SDK was loaded"); return next(name, context); } });',
)}`;

let folder: string;

beforeAll(async () => {
  const { files } = await sampleLedger({ sizes: [5, 3000], sealed: [1] });
  folder = await writeLedgerFolder(files);
  await writeFile(join(folder, 'ring.json'), TEST_SECRET);
});

afterAll(() => rm(folder, { recursive: true }));

async function heed(args: readonly string[], input = '') {
  const child = promisify(execFile)(process.execPath, ['--import', WITHOUT_SDK, HEED, ...args], {
    maxBuffer: 1e8,
    env: { PATH: process.env.PATH },
  });
  child.child.stdin?.end(input);
  const { stdout, stderr, code } = (await child.catch(
    (error: { stdout: string; stderr: string; code: number }) => error,
  )) as {
    stdout: string;
    stderr: string;
    code?: number;
  };
  return { code: code ?? 0, stdout, stderr };
}

describe('heed as a process', () => {
  it('checks a folder without the AWS SDK', async () => {
    const key = ['--public-key', join(folder, `keys/${logKey.id}.vkey`)];
    const { code, stdout, stderr } = await heed(['verify-ledger', folder, ...key]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^SOUND/);
    expect((await heed(['verify-ledger', 's3://bucket'])).stderr).toContain('the SDK was loaded');
  });

  it('ends with 1 on a defect and with 2 without a verdict', async () => {
    await writeFile(join(folder, 'ledger/stray'), '');
    expect((await heed(['verify-ledger', folder])).code).toBe(1);
    await rm(join(folder, 'ledger/stray'));
    expect((await heed(['verify-ledger', join(folder, 'none')])).code).toBe(2);
    expect(await heed([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('verify-ledger') });
  });

  it('takes the address from standard input and says it nowhere', async () => {
    const args = ['export-ledger', folder, '--subject', '-', '--key-ring', join(folder, 'ring.json')];
    const { code, stdout, stderr } = await heed(args, `${CANARY}\n`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ count: 0, records: [] });
    expect(stdout + stderr).not.toContain('canary');
    const refused = await heed(['export-ledger', folder, '--subject', CANARY]);
    expect(refused.code).toBe(2);
    expect(refused.stdout + refused.stderr).not.toContain('canary');
  });

  it('does not take a closed pipe for a defect', async () => {
    const child = spawn(process.execPath, [HEED, 'export-ledger', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.destroy();
    const [code] = await once(child, 'exit');
    expect(code).toBe(2);
  });
});
