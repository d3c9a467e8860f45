import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as exportLedger from '../../functions/export-ledger/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { canonicalAddress } from '../../shared/domain/address.ts';
import { parseVkey } from '../../shared/domain/ledger/note-keys.ts';
import { verifyReceipt } from '../../shared/domain/ledger/receipt.ts';
import {
  checkpointPath,
  logKey,
  objectPath,
  type SampleLedger,
  sampleLedger,
  sampleLine,
  timeOf,
  writeLedgerFolder,
} from '../support/ledger-folder.ts';
import { leavesOf } from '../support/ledger-receipt.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { readCsv } from '../support/read-csv.ts';
import { ROTATED_SECRET, TEST_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const COMMANDS = { 'export-ledger': { summary: 'exports', load: () => Promise.resolve(exportLedger) } };
const CANARY = 'canary.person@example.org';
/** More than two tiles, and a tail that is not sealed. */
const SHAPE = { sizes: [700, 1, 900, 800, 30], sealed: [1, 3] };
const SEALED = 2401;
/** Records of the canary: at both ends of tiles, in the last tile, and one that is not sealed. */
const OWN = [0, 1023, 1024, 2047, 2400, 2420];

let ledger: SampleLedger;
let folder: string;

function keyOf(secret: string): string {
  const address = canonicalAddress(CANARY);
  if (!address.ok) throw new Error(address.problem.code);
  return testKeyRing(secret).subjectKeys.current(address.identifier);
}

// Half of them under an old key of the ring.
const line = (index: number) =>
  OWN.includes(index) ? sampleLine(index, keyOf(index < 1100 ? TEST_SECRET : ROTATED_SECRET)) : sampleLine(index);

beforeEach(async () => {
  ledger = await sampleLedger({ ...SHAPE, line });
  folder = await writeLedgerFolder(ledger.files);
  await writeFile(join(folder, 'ring.json'), ROTATED_SECRET);
});

afterEach(() => rm(folder, { recursive: true }));

async function heed(args: readonly string[], input = '') {
  const terminal = memoryTerminal(input);
  const code = await runCommand(COMMANDS, ['export-ledger', folder, ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

const person = () => ['--subject', '-', '--key-ring', join(folder, 'ring.json')];

describe('export-ledger', () => {
  it('hands out every record as JSON, each with a proof that holds offline', async () => {
    const { code, text, complaints } = await heed([]);
    const exported = JSON.parse(text);
    const leaves = leavesOf(ledger.files);
    expect(code).toBe(0);
    expect(exported).toMatchObject({ format: 'heed-export/1', verdict: 'sound', count: leaves.length });
    const keys = exported.publicKeys.keys.map((vkey: string) => parseVkey(vkey));
    for (const [index, record] of exported.records.entries()) {
      expect(record).toMatchObject({ index, leaf: leaves[index], record: JSON.parse(leaves[index] ?? '') });
      expect(record.state).toBe(index < SEALED ? 'sealed' : 'not-yet-sealed');
      const verdict = verifyReceipt({ ...record, checkpoint: exported.checkpoint }, keys);
      expect(verdict.kind).toBe(index < SEALED ? 'proven' : 'wrong-root');
    }
    expect(complaints).toContain(`Proofs lead to ${checkpointPath(SEALED)}.`);
    expect(complaints).toContain('The public key was found in the ledger itself');
  });

  it('hands out one person by the address on standard input, under old keys of the ring too', async () => {
    const { code, text, complaints } = await heed(person(), `${CANARY.toUpperCase()}\n`);
    const exported = JSON.parse(text);
    expect(code).toBe(0);
    expect(exported.records.map(({ index }: { index: number }) => index)).toEqual(OWN);
    expect(exported.selection).toEqual({ subject: 'one-person' });
    expect((text + complaints).toLowerCase()).not.toContain('canary');
    for (const record of exported.records.slice(0, -1))
      expect(verifyReceipt({ ...record, checkpoint: exported.checkpoint }, [logKey]).kind).toBe('proven');
  });

  it('writes CSV with its checkpoint and key beside it, complete by itself', async () => {
    const out = join(folder, 'out');
    const { code, text } = await heed([...person(), '--format', 'csv', '--out', out], CANARY);
    expect({ code, text }).toEqual({ code: 0, text: '' });
    const key = parseVkey((await readFile(join(out, 'keys/trusted.vkey'), 'utf8')).trim());
    const rows = readCsv(await readFile(join(out, 'records.csv'), 'utf8'));
    expect(rows.map(({ index }) => Number(index))).toEqual(OWN);
    for (const { index, leaf = '', proof = '', checkpoint = '' } of rows.slice(0, -1)) {
      const note = await readFile(join(out, checkpoint), 'utf8');
      const receipt = { leaf, index: Number(index), proof: JSON.parse(proof), checkpoint: note };
      expect(verifyReceipt(receipt, key === undefined ? [] : [key]).kind).toBe('proven');
    }
    expect(rows.at(-1)).toMatchObject({ state: 'not-yet-sealed', proof: '', checkpoint: '' });
  });

  it('overwrites nothing and leaves no part behind', async () => {
    const out = join(folder, 'out');
    await heed(['--out', out]);
    const { code, complaints } = await heed(['--out', out]);
    expect(code).toBe(2);
    expect(complaints).toContain('is there already, and nothing is overwritten');
    expect((await readdir(out)).sort()).toEqual(['checkpoints', 'keys', 'records.json']);
  });

  it('takes a time, and the checkpoint of an earlier export', async () => {
    const indexes = async (...args: string[]) =>
      JSON.parse((await heed(args)).text).records.map(({ index }: { index: number }) => index);
    expect(await indexes('--since', timeOf(2000), '--until', timeOf(2003))).toEqual([2000, 2001, 2002]);
    expect(await indexes('--until', '2026-11-23')).toEqual([]);
    expect((await indexes('--since', join(folder, checkpointPath(701))))[0]).toBe(701);
  });

  it('guards cells that a spreadsheet takes for formulas', async () => {
    const formula = (index: number) => sampleLine(index).replace('"event-', '"=cmd|event-');
    ledger = await sampleLedger({ sizes: [3], sealed: [0], line: formula });
    await rm(folder, { recursive: true });
    folder = await writeLedgerFolder(ledger.files);
    const rows = readCsv((await heed(['--format', 'csv'])).text);
    expect(rows.map(({ id }) => id)).toEqual(["'=cmd|event-0", "'=cmd|event-1", "'=cmd|event-2"]);
    expect(rows.map(({ leaf }) => leaf)).toEqual(leavesOf(ledger.files));
  });

  it('hands out of an unsound ledger what it finds, calls nothing proven that is not, and ends with 1', async () => {
    const text = gunzipSync(ledger.files.get(objectPath(2)) ?? '').toString();
    await writeFile(join(folder, objectPath(2)), gzipSync(text.replace('"manner":"form"', '"manner":"link"')));
    const { code, text: json, complaints } = await heed([]);
    const exported = JSON.parse(json);
    expect(code).toBe(1);
    expect(exported.verdict).toBe('defect');
    expect(complaints).toContain('DEFECT  edited-record {"object":2');
    const proven = exported.records.filter(({ state }: { state: string }) => state === 'sealed');
    for (const record of proven)
      expect(verifyReceipt({ ...record, checkpoint: exported.checkpoint }, [logKey]).kind).toBe('proven');
    expect(exported.records[701].state).toBe('unproven');
  });

  it('leaves nothing in the temporary folder', async () => {
    const before = await readdir(folder);
    vi.stubEnv('TMPDIR', folder);
    await heed([]);
    vi.unstubAllEnvs();
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('export-ledger refuses', () => {
  it.each([
    ['an address as --subject', ['--subject', CANARY], 'An address does not belong in the command line'],
    ['an address glued to --subject', [`--subject=${CANARY}`], 'An address does not belong in the command line'],
    ['an address anywhere else', [CANARY], 'An address does not belong in the command line'],
    ['any name as --subject', ['--subject', 'canary', '--key-ring', 'ring'], 'An address does not belong'],
    ['a subject without a key ring', ['--subject', '-'], '--subject - and --key-ring are given together'],
    ['a key ring without a subject', ['--key-ring', 'ring'], '--subject - and --key-ring are given together'],
    ['another format', ['--format', 'xml'], '--format is csv or json'],
    ['an end that is no moment', ['--until', 'tomorrow'], '--until is a moment'],
    ['an unknown option', ['--address', CANARY], 'An address does not belong in the command line'],
  ])('%s', async (_name, args, reason) => {
    const { code, text, complaints } = await heed(args);
    expect(code).toBe(2);
    expect(text).toBe('');
    expect(complaints).toContain(reason);
    expect(complaints).toContain('Usage: npx heed export-ledger');
    expect(complaints).not.toContain('canary');
  });

  it.each([
    ['canary person', 'neither an e-mail address nor a phone number'],
    ['', 'There is no address'],
    [`${CANARY}\nsecond@example.org`, 'more than one line'],
    ['canary@', 'The e-mail address is not written as one'],
  ])('input %j without repeating it', async (input, reason) => {
    const { code, text, complaints } = await heed(person(), input);
    expect(code).toBe(2);
    expect(text).toBe('');
    expect(complaints).toContain(reason);
    expect(complaints).not.toContain('canary');
  });

  it('a key ring that is none, without repeating it', async () => {
    await writeFile(join(folder, 'ring.json'), 'key material');
    const { code, complaints } = await heed(person(), CANARY);
    expect(code).toBe(2);
    expect(complaints).toContain('ring.json is no key ring');
    expect(complaints).not.toContain('material');
  });

  it('a checkpoint that the key did not sign', async () => {
    const note = Buffer.from(ledger.files.get(checkpointPath(701)) ?? []).toString();
    await writeFile(join(folder, 'held'), note.replace('701', '702'));
    expect((await heed(['--since', join(folder, 'held')])).complaints).toContain('bad-signature');
  });
});
