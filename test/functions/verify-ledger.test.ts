import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceiptProof } from '../../functions/show-receipt/receipt-reply.ts';
import { receiptReply } from '../../functions/show-receipt/receipt-reply.ts';
import * as verifyLedger from '../../functions/verify-ledger/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { formatReceipt, type LedgerReceipt } from '../../shared/domain/ledger/receipt.ts';
import {
  checkpointPath,
  logKey,
  objectPath,
  type SampleLedger,
  sampleLedger,
  sampleLine,
  storeCheckpoint,
  storeObject,
  strangerSigner,
  writeLedgerFolder,
} from '../support/ledger-folder.ts';
import { receiptFor } from '../support/ledger-receipt.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'verify-ledger': { summary: 'checks', load: () => Promise.resolve(verifyLedger) } };

let ledger: SampleLedger;
let folder: string;
let keyFile: string;

beforeEach(async () => {
  ledger = await sampleLedger({ sizes: [4, 7, 1, 9], sealed: [1, 2] });
  await lay();
});

afterEach(() => rm(folder, { recursive: true }));

async function lay() {
  folder = await writeLedgerFolder(ledger.files);
  keyFile = join(folder, `keys/${logKey.id}.vkey`);
}

/** Lays the ledger out anew after a change. */
async function layAgain() {
  await rm(folder, { recursive: true });
  await lay();
}

async function put(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, args, terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('verify-ledger', () => {
  it('tells in numbers what was checked', async () => {
    const { code, text } = await heed('verify-ledger', folder, '--public-key', keyFile);
    expect(code).toBe(0);
    expect(text).toContain('objects         4\n');
    expect(text).toContain('records         21\n');
    expect(text).toContain('checkpoints     2\n');
    expect(text).toContain('last sealed     2026-11-23T08:00:11Z  at tree size 12\n');
    expect(text).toContain('not yet sealed  9 records\n');
    expect(text).toContain(`public key      given: ${logKey.vkey}\n`);
  });

  it('says so when the key was found in the ledger itself', async () => {
    const { code, text } = await heed('verify-ledger', folder);
    expect(code).toBe(0);
    expect(text).toContain('The public key was not given by hand');
    const json = JSON.parse((await heed('verify-ledger', folder, '--json')).text);
    expect(json.publicKeys).toEqual({ origin: 'found-in-ledger', keys: [logKey.vkey] });
  });

  it('has one shape of JSON', async () => {
    const { text, complaints } = await heed('verify-ledger', folder, '--json', '--public-key', keyFile);
    expect(JSON.parse(text)).toEqual({
      verdict: 'sound',
      objects: 4,
      records: 21,
      size: 21,
      root: expect.any(String),
      sealedSize: 12,
      checkpoints: 2,
      lastSealedAt: '2026-11-23T08:00:11Z',
      unsealedRecords: 9,
      publicKeys: { origin: 'given', keys: [logKey.vkey] },
      defectCount: 0,
      defects: [],
    });
    expect(complaints).toBe('');
  });

  it('names control characters of a file instead of printing them', async () => {
    ledger.files.set('ledger/\u001b[2J.txt', Buffer.from(''));
    await layAgain();
    const { code, text } = await heed('verify-ledger', folder);
    expect(code).toBe(1);
    expect(text).toContain('ledger/\\u{1b}[2J.txt');
  });
});

describe('verify-ledger ends with 2 when it could not check', () => {
  it.each([
    ['no such folder', () => ['/nowhere/at/all'], 'there is no folder'],
    ['no key', () => [folder, '--public-key', join(folder, 'none.vkey')], 'none.vkey cannot be read (ENOENT)'],
    ['a file that is no key', () => [folder, '--public-key', join(folder, checkpointPath(12))], 'is no public key'],
    ['no receipt', () => [folder, '--receipt', keyFile], 'neither a .tlog-proof file nor the JSON'],
    ['no checkpoint to begin with', () => [folder, '--since', join(folder, 'none')], 'cannot be read'],
  ])('%s', async (_name, args, reason) => {
    const { code, text, complaints } = await heed('verify-ledger', ...args());
    expect(code).toBe(2);
    expect(complaints).toContain(reason);
    expect(text).toBe('');
    const json = await heed('verify-ledger', ...args(), '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.text)).toMatchObject({ verdict: 'unchecked', reason: expect.stringContaining(reason) });
  });

  it('a folder without a key in it', async () => {
    ledger.files.delete(`keys/${logKey.id}.vkey`);
    await layAgain();
    expect((await heed('verify-ledger', folder)).code).toBe(2);
  });

  it('an object that cannot be read', async () => {
    ledger.files.delete(objectPath(1));
    ledger.files.set(`${objectPath(1)}/inside`, Buffer.from('a folder under the name of an object'));
    await layAgain();
    const { code, complaints } = await heed('verify-ledger', folder);
    expect(code).toBe(2);
    expect(complaints).toContain('EISDIR');
  });

  it('a folder without a ledger', async () => {
    const { code, text } = await heed('verify-ledger', join(folder, 'keys'), '--public-key', keyFile);
    expect(code).toBe(2);
    expect(text).toMatch(/^NO VERDICT/);
  });

  it('an unknown command, no command and an unknown option, with the usage', async () => {
    for (const args of [[], ['verify'], ['verify-ledger', folder, '--pubkey', keyFile], ['verify-ledger']]) {
      const { code, text, complaints } = await heed(...args);
      expect(code).toBe(2);
      expect(text).toBe('');
      expect(complaints).toContain('Usage: npx heed');
    }
  });

  it('help is no verdict and no failure', async () => {
    expect(await heed('--help')).toMatchObject({ code: 0, text: expect.stringContaining('verify-ledger  checks') });
    expect((await heed('verify-ledger', '--help')).text).toContain('Exit code: 0 sound, 1 a defect was found');
  });

  it('never repeats an address that was typed as an argument', async () => {
    for (const argument of ['canary@example.org', '--subject=canary@example.org', '+12025550123']) {
      const { code, text, complaints } = await heed('verify-ledger', argument);
      expect(code).toBe(2);
      expect(text + complaints).not.toMatch(/canary|2025550123/);
      expect(complaints).toContain('An address does not belong in the command line');
    }
  });
});

describe('verify-ledger --receipt', () => {
  /** What the receipt link answers. */
  function answerJson(proof: ReceiptProof): string {
    const request = { query: {}, headers: { accept: 'application/json' } } as unknown;
    const answer = { frame: {}, receipt: { requestId: 'req_1' }, proof, minutes: 15 } as unknown;
    return String(
      receiptReply(request as Parameters<typeof receiptReply>[0], answer as Parameters<typeof receiptReply>[1]).body,
    );
  }

  const forms: readonly [string, (receipt: LedgerReceipt) => string][] = [
    ['the tlog-proof file', formatReceipt],
    ['the JSON of a receipt link', (receipt) => answerJson({ state: 'sealed', receipt })],
  ];

  it.each(forms)('takes %s', async (_name, write) => {
    const file = await put('receipt', write(await receiptFor(ledger.files, 5, 11)));
    expect((await heed('verify-ledger', folder, '--receipt', file)).code).toBe(0);
  });

  it.each(forms)('finds a receipt of another record in %s', async (_name, write) => {
    const receipt = await receiptFor(ledger.files, 5, 11);
    const file = await put('receipt', write({ ...receipt, leaf: sampleLine(6) }));
    const { code, text } = await heed('verify-ledger', folder, '--receipt', file);
    expect(code).toBe(1);
    expect(text).toContain('DEFECT  wrong-root: the receipt given with --receipt');
  });

  it('finds a receipt whose ledger was made anew', async () => {
    const file = formatReceipt(await receiptFor(ledger.files, 5, 11));
    ledger = await sampleLedger({ sizes: [4, 7, 1, 9], sealed: [1, 2], line: (index) => sampleLine(index + 100) });
    await layAgain();
    const { code, text } = await heed('verify-ledger', folder, '--receipt', await put('receipt', file));
    expect(code).toBe(1);
    expect(text).toContain('the receipt given with --receipt');
  });

  it('asks to come back with a receipt that was not sealed yet', async () => {
    const file = await put('receipt', answerJson({ state: 'not-yet-sealed' }));
    const { code, complaints } = await heed('verify-ledger', folder, '--receipt', file);
    expect(code).toBe(2);
    expect(complaints).toContain('fetch the receipt again');
  });
});

describe('verify-ledger --since', () => {
  const since = (size = 11) => ['--since', join(folder, checkpointPath(size))];

  it('checks from the held checkpoint on', async () => {
    const { code, text } = await heed('verify-ledger', folder, ...since(), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ verdict: 'sound', objects: 2, records: 10, size: 21, sealedSize: 12 });
  });

  it('reads nothing of what lies before', async () => {
    ledger.files.delete(objectPath(0));
    await layAgain();
    expect((await heed('verify-ledger', folder, ...since())).code).toBe(0);
    expect((await heed('verify-ledger', folder)).code).toBe(1);
  });

  it('knows the time of the held checkpoint when the store has none', async () => {
    const held = Buffer.from(ledger.files.get(checkpointPath(12)) ?? []).toString();
    for (const size of [11, 12]) ledger.files.delete(checkpointPath(size));
    await layAgain();
    const { code, text } = await heed('verify-ledger', folder, '--since', await put('held', held));
    expect(code).toBe(0);
    expect(text).toContain('last sealed     2026-11-23T08:00:11Z  at tree size 12');
  });

  it('finds a ledger that was made anew before the held checkpoint', async () => {
    const note = Buffer.from(ledger.files.get(checkpointPath(11)) ?? []).toString();
    ledger = await sampleLedger({ sizes: [4, 7, 1, 9], sealed: [1, 2], line: (index) => sampleLine(index + 100) });
    await layAgain();
    const { code, text } = await heed('verify-ledger', folder, '--since', await put('held', note));
    expect(code).toBe(1);
    expect(text).toContain('forked-checkpoints');
  });

  it('finds a store that was rolled back behind the held checkpoint', async () => {
    const held = Buffer.from(ledger.files.get(checkpointPath(12)) ?? []).toString();
    for (const key of [objectPath(2), objectPath(3), checkpointPath(12)]) ledger.files.delete(key);
    await layAgain();
    const { code, text } = await heed('verify-ledger', folder, '--since', await put('held', held));
    expect(code).toBe(1);
    expect(text).toContain('checkpoint-rolled-back');
  });

  it('finds a held checkpoint that nobody trusted signed', async () => {
    const other = await sampleLedger({ sizes: [4], sealed: [] });
    const head = storeObject(other.files, other.heads[0] ?? expect.fail(), [sampleLine(4)]);
    await storeCheckpoint(other.files, head, strangerSigner);
    const note = Buffer.from(other.files.get(checkpointPath(5)) ?? []).toString();
    const { code, text } = await heed('verify-ledger', folder, '--since', await put('held', note));
    expect(code).toBe(1);
    expect(text).toContain('DEFECT  unknown-key: the checkpoint given with --since');
  });
});
