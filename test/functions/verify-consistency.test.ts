import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveConsistency } from '../../functions/prove-consistency/prove-consistency.ts';
import * as cli from '../../functions/verify-consistency/cli.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import type { ConsistencyEvidence } from '../../shared/domain/ledger/consistency.ts';
import { noteKey } from '../../shared/domain/ledger/note-keys.ts';
import {
  checkpointPath,
  LOG_ORIGIN,
  logKey,
  sampleLedger,
  sampleLine,
  strangerSigner,
  writeLedgerFolder,
} from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'verify-consistency': { summary: 'checks', load: () => Promise.resolve(cli) } };
const SHAPE = { sizes: [4, 7, 1, 9], sealed: [0, 1, 3] };
const HEED = fileURLToPath(new URL('../../heed.ts', import.meta.url));

let folder: string;
let keyFile: string;
let evidence: ConsistencyEvidence;
/** Signed by the same key, of another history. */
let forked: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-consistency-'));
  keyFile = await put('ledger.vkey', `${logKey.vkey}\n`);
  evidence = await proofOf(SHAPE);
  forked = (await proofOf({ ...SHAPE, line: (index) => sampleLine(index + 100) })).newer;
});

afterAll(() => rm(folder, { recursive: true }));

async function proofOf(shape: Parameters<typeof sampleLedger>[0]): Promise<ConsistencyEvidence> {
  const { files } = await sampleLedger(shape);
  const place = await writeLedgerFolder(files);
  const ports = { ledger: await openLedger(place), gunzip: strictGunzip, onProgress: () => undefined };
  const noteOf = (size: number) => Buffer.from(files.get(checkpointPath(size)) ?? []).toString();
  const proof = await proveConsistency(ports)({ older: noteOf(4), newer: noteOf(21) }, [logKey]);
  await rm(place, { recursive: true });
  return proof.kind === 'proven' ? proof.evidence : expect.fail(JSON.stringify(proof));
}

async function put(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const putProof = (value: unknown) => put('proof.json', JSON.stringify(value));

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['verify-consistency', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('verify-consistency', () => {
  it('tells what is proven', async () => {
    const file = await putProof(evidence);
    const { code, text, complaints } = await heed(file, '--public-key', keyFile);
    expect(code).toBe(0);
    expect(text).toContain('PROVEN  ledger.example/heed kept all 4 records as they were, and added 17.\n');
    expect(text).toContain('older   4 records, sealed 2026-11-23T08:00:03Z, root ');
    expect(complaints).toBe('');
    const json = await heed(file, '--public-key', keyFile, '--json');
    expect(JSON.parse(json.text)).toEqual({
      verdict: 'proven',
      origin: LOG_ORIGIN,
      older: { size: 4, root: expect.any(String), time: '2026-11-23T08:00:03Z' },
      newer: { size: 21, root: expect.any(String), time: '2026-11-23T08:00:20Z' },
    });
  });

  const forgeries: readonly [string, () => unknown, string][] = [
    ['an older root', () => ({ ...evidence, older: evidence.older.replace(/\n4\n./, '\n4\n_') }), 'bad-signature'],
    ['a newer size', () => ({ ...evidence, newer: evidence.newer.replace('\n21\n', '\n22\n') }), 'bad-signature'],
    ['a newer checkpoint of another history', () => ({ ...evidence, newer: forked }), 'does not lead'],
    ['two histories of one size', () => ({ older: evidence.newer, newer: forked, proof: [] }), 'forked'],
    ['the wrong order', () => ({ ...evidence, older: evidence.newer, newer: evidence.older }), 'older checkpoint has'],
    ['a hash that is missing', () => ({ ...evidence, proof: evidence.proof.slice(1) }), 'does not lead'],
    ['a hash too many', () => ({ ...evidence, proof: [...evidence.proof, evidence.proof[0]] }), 'does not lead'],
    ['hashes in another order', () => ({ ...evidence, proof: [...evidence.proof].reverse() }), 'does not lead'],
    ['what is no hash', () => ({ ...evidence, proof: ['AAAA', ...evidence.proof.slice(1)] }), 'no hash'],
    ['what is no note', () => ({ ...evidence, newer: 'a' }), 'malformed'],
  ];

  it.each(forgeries)('ends with 1 for %s', async (_name, forge, reason) => {
    const file = await putProof(forge());
    const { code, text } = await heed(file, '--public-key', keyFile);
    expect(text).toMatch(/^NOT PROVEN {2}/);
    expect(text).toContain(reason);
    expect(code).toBe(1);
    const json = await heed(file, '--public-key', keyFile, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.text)).toEqual({ verdict: 'not-proven', reason: expect.stringContaining(reason) });
  });

  it('ends with 1 when nobody trusted signed', async () => {
    const other = await put('other.vkey', noteKey(LOG_ORIGIN, strangerSigner.publicKey).vkey);
    const { code, text } = await heed(await putProof(evidence), '--public-key', other);
    expect(code).toBe(1);
    expect(text).toContain('unknown-key');
  });

  it.each([
    ['no such file', () => [join(folder, 'none'), '--public-key', keyFile], 'cannot be read (ENOENT)'],
    ['a file that is no JSON', () => [keyFile, '--public-key', keyFile], 'is no proof'],
    ['no key', () => [join(folder, 'proof.json')], 'Name the public key'],
    ['a key that is none', () => [keyFile, '--public-key', join(folder, 'proof.json')], 'is no public key'],
    ['no file', () => ['--public-key', keyFile], 'Name one proof file'],
  ])('ends with 2 for %s', async (_name, args, reason) => {
    await putProof(evidence);
    expect(await heed(...args())).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining(reason) });
  });

  it.each([{}, [], { older: '', newer: '' }, { older: 1, newer: '', proof: [] }, { older: '', newer: '', proof: [1] }])(
    'ends with 2 for JSON of another shape: %j',
    async (value) => {
      expect((await heed(await putProof(value), '--public-key', keyFile)).code).toBe(2);
    },
  );
});

describe('verify-consistency in a process that has no AWS SDK and no network', () => {
  const preload = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (/^@(aws-sdk|smithy)\\/|^(node:)?(https?|net|tls|dgram|dns)$/.test(specifier)) throw new Error(specifier + ' is not here');
        return next(specifier, context);
      },
    });`;

  async function heedAlone(...args: string[]): Promise<{ code: number | null; text: string; complaints: string }> {
    await mkdir(join(folder, 'alone'), { recursive: true });
    const hooks = await put('alone/hooks.mjs', preload);
    return await new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', hooks, HEED, ...args],
        { cwd: join(folder, 'alone'), env: {} },
        (_error, text, complaints) => resolve({ code: child.exitCode, text, complaints }),
      );
    });
  }

  it('ends with 0, 1 and 2', async () => {
    const key = ['--public-key', keyFile];
    const proven = await heedAlone('verify-consistency', await putProof(evidence), ...key);
    expect(proven).toMatchObject({ code: 0, text: expect.stringMatching(/^PROVEN/), complaints: '' });
    const refused = await heedAlone('verify-consistency', await putProof({ ...evidence, newer: forked }), ...key);
    expect(refused).toMatchObject({ code: 1, text: expect.stringMatching(/^NOT PROVEN/) });
    expect(await heedAlone('verify-consistency', join(folder, 'none'), ...key)).toMatchObject({ code: 2, text: '' });
  });

  it('is a process in which the SDK indeed cannot be loaded', async () => {
    const { code, complaints } = await heedAlone('verify-ledger', 's3://trail/audit');
    expect(code).toBe(2);
    expect(complaints).toContain('is not here');
  });
});
