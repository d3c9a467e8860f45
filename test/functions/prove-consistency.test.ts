import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as cli from '../../functions/prove-consistency/cli.ts';
import { proveConsistency } from '../../functions/prove-consistency/prove-consistency.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { toBase64 } from '../../shared/domain/ledger/base64.ts';
import { checkConsistency } from '../../shared/domain/ledger/consistency.ts';
import { leafHash } from '../../shared/domain/ledger/merkle.ts';
import { consistencyProof } from '../../shared/domain/ledger/proofs.ts';
import {
  checkpointPath,
  logKey,
  objectPath,
  type SampleLedger,
  sampleLedger,
  sampleLine,
  storeCheckpoint,
  strangerSigner,
  writeLedgerFolder,
} from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'prove-consistency': { summary: 'proves', load: () => Promise.resolve(cli) } };
/** Sealed at 4, 11, 12 and 21 of 23 records. */
const SHAPE = { sizes: [4, 7, 1, 9, 2], sealed: [0, 1, 2, 3] };

let ledger: SampleLedger;
let folder: string;

beforeEach(async () => {
  ledger = await sampleLedger(SHAPE);
  folder = await writeLedgerFolder(ledger.files);
});

afterEach(() => rm(folder, { recursive: true }));

async function layAgain() {
  await rm(folder, { recursive: true });
  folder = await writeLedgerFolder(ledger.files);
}

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['prove-consistency', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

async function put(name: string, text: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const noteOf = (size: number, { files } = ledger) => Buffer.from(files.get(checkpointPath(size)) ?? []).toString();
const keyFile = () => join(folder, `keys/${logKey.id}.vkey`);

describe('prove-consistency', () => {
  it('makes the proof of RFC 6962 for all pairs of sizes from 1 to 40', async () => {
    const sizes = Array.from({ length: 40 }, () => 1);
    ledger = await sampleLedger({ sizes, sealed: [...sizes.keys()] });
    await layAgain();
    const prove = proveConsistency({
      ledger: await openLedger(folder),
      gunzip: strictGunzip,
      onProgress: () => undefined,
    });
    const leaves = sizes.map((_, index) => leafHash(Buffer.from(sampleLine(index))));
    for (let newer = 1; newer <= 40; newer += 1) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = (await consistencyProof(older, newer, (first, end) => leaves.slice(first, end))).map(toBase64);
        const notes = { older: noteOf(older), newer: noteOf(newer) };
        expect(await prove(notes, [logKey])).toMatchObject({ kind: 'proven', evidence: { ...notes, proof } });
      }
    }
  }, 120_000);

  it.each([
    [4, 11],
    [4, 21],
    [11, 12],
    [12, 21],
    [21, 21],
  ])('proves from %i to %i records over objects of several', async (older, newer) => {
    const { code, text } = await heed(folder, String(older), String(newer), '--public-key', keyFile(), '--json');
    expect(code).toBe(0);
    const evidence = JSON.parse(text);
    expect(evidence).toEqual({ older: noteOf(older), newer: noteOf(newer), proof: expect.any(Array) });
    expect(checkConsistency(evidence, [logKey])).toMatchObject({ kind: 'proven' });
  });

  it('says in words what is proven, and by whose key', async () => {
    const { code, text, complaints } = await heed(folder, '4', '11');
    expect(code).toBe(0);
    expect(text).toContain('PROVEN  ledger.example/heed kept all 4 records as they were, and added 7.\n');
    expect(text).toMatch(/proof {3}2 hashes\n[\w+/]{43}=\n[\w+/]{43}=\n$/);
    expect(complaints).toContain('The public key was found in the ledger itself');
    expect((await heed(folder, '4', '11', '--public-key', keyFile())).complaints).toBe('');
  });

  it('takes checkpoints that only the caller holds', async () => {
    const notes = { older: noteOf(4), newer: noteOf(12) };
    await rm(join(folder, 'checkpoints'), { recursive: true });
    const files = [await put('mine', notes.older), await put('yours', notes.newer)];
    const { code, text } = await heed(folder, ...files, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject(notes);
  });

  it('reads nothing before the older checkpoint, nor after the newer one', async () => {
    for (const object of [0, 4]) ledger.files.set(objectPath(object), Buffer.from('not read'));
    await layAgain();
    expect((await heed(folder, '11', '21')).code).toBe(0);
  });

  it('writes the proof into a file, over nothing', async () => {
    const file = join(folder, 'proof.json');
    expect(await heed(folder, '4', '12', '--out', file)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^PROVEN/),
    });
    const written = await readFile(file, 'utf8');
    expect(written).toBe((await heed(folder, '4', '12', '--json')).text);
    const again = await heed(folder, '4', '11', '--out', file);
    expect(again).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining('nothing is overwritten') });
    expect(await readFile(file, 'utf8')).toBe(written);
  });
});

describe('prove-consistency ends with 1 when nothing is proven', () => {
  /** Stores an object with another text under the same number. */
  function edit(object: number, change: (text: string) => string) {
    const text = gunzipSync(ledger.files.get(objectPath(object)) ?? expect.fail()).toString();
    expect(change(text)).not.toBe(text);
    ledger.files.set(objectPath(object), gzipSync(change(text)));
  }

  const cases: readonly [string, () => unknown, string][] = [
    ['an edited leaf', () => edit(2, (text) => text.replace('opt-out', 'opt-our')), 'newer checkpoint'],
    [
      "an edited leaf of the older one's last object",
      () => edit(0, (text) => text.replace('event-2', 'event-9')),
      'older',
    ],
    ['a removed leaf', () => edit(3, (text) => text.replace(/.*\n$/, '')), 'object 4 does not begin where it must'],
    ['a forged header', () => edit(3, (text) => text.replace('"first":12', '"first":13')), 'no header of its number'],
    ['an object that is gone', () => ledger.files.delete(objectPath(1)), 'object 1 is missing'],
    ['a ledger that ends too early', () => ledger.files.delete(objectPath(3)), 'object 3 is missing'],
    [
      'an object that does not unpack',
      () => ledger.files.set(objectPath(2), Buffer.from('x')),
      'object 2 does not unpack',
    ],
  ];

  it.each(cases)('%s', async (_name, spoil, reason) => {
    spoil();
    await layAgain();
    const { code, text } = await heed(folder, '4', '21');
    expect(text).toMatch(/^NOT PROVEN {2}/);
    expect(text).toContain(reason);
    expect(code).toBe(1);
    const out = join(folder, 'proof.json');
    const json = await heed(folder, '4', '21', '--json', '--out', out);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.text)).toEqual({ verdict: 'not-proven', reason: expect.stringContaining(reason) });
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });

  it('a forged frontier', async () => {
    const [left = expect.fail()] = (await sampleLedger({ sizes: [1, 1], sealed: [], line: (i) => sampleLine(i + 50) }))
      .heads;
    edit(1, (text) => text.replace(/"frontier":\["[^"]+"/, `"frontier":["${left.frontier[0]}"`));
    await layAgain();
    const { code, text } = await heed(folder, '11', '21');
    expect(text).toContain('the objects do not lead to the older checkpoint');
    expect(code).toBe(1);
  });

  it('a signed root that the ledger does not have, older or newer', async () => {
    const other = await sampleLedger({ ...SHAPE, line: (index) => sampleLine(index + 100) });
    const [older, newer] = [await put('older', noteOf(4, other)), await put('newer', noteOf(21, other))];
    expect(await heed(folder, older, '21')).toMatchObject({ code: 1, text: expect.stringContaining('the older') });
    expect(await heed(folder, '4', newer)).toMatchObject({ code: 1, text: expect.stringContaining('the newer') });
    const forked = await put('forked', noteOf(21, other));
    expect(await heed(folder, '21', forked)).toMatchObject({ code: 1, text: expect.stringContaining('forked') });
  });

  it('a checkpoint that a stranger signed, or that was changed after it was signed', async () => {
    await storeCheckpoint(ledger.files, ledger.heads[3] ?? expect.fail(), strangerSigner);
    await layAgain();
    expect(await heed(folder, '4', '21')).toMatchObject({ code: 1, text: expect.stringContaining('unknown-key') });
    const root = noteOf(11).split('\n')[2] ?? '';
    const changed = await put('changed', noteOf(12).replace(noteOf(12).split('\n')[2] ?? '', root));
    expect(await heed(folder, '4', changed)).toMatchObject({
      code: 1,
      text: expect.stringContaining('bad-signature'),
    });
  });
});

describe('prove-consistency ends with 2 when it could not check', () => {
  it.each([
    ['the wrong order', () => ['12', '4'], 'The older checkpoint comes first'],
    ['a size between checkpoints', () => ['5', '12'], 'no checkpoint of 5 records'],
    ['a size beyond all', () => ['4', '22'], 'no checkpoint of 22 records'],
    ['no size at all', () => ['0', '12'], 'no checkpoint of 0 records'],
    ['no such file', () => ['4', join(folder, 'none')], 'none cannot be read (ENOENT)'],
    ['one checkpoint only', () => ['4'], 'Usage: npx heed prove-consistency'],
    ['no such key', () => ['4', '12', '--public-key', join(folder, 'none')], 'cannot be read'],
  ])('%s', async (_name, args, reason) => {
    expect(await heed(folder, ...args())).toMatchObject({
      code: 2,
      text: '',
      complaints: expect.stringContaining(reason),
    });
    const json = await heed(folder, ...args(), '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.text)).toMatchObject({ verdict: 'unchecked' });
  });

  it('a checkpoint that is stored under the size of another', async () => {
    ledger.files.set(checkpointPath(11), Buffer.from(noteOf(4)));
    await layAgain();
    const { code, complaints } = await heed(folder, '11', '12');
    expect(code).toBe(2);
    expect(complaints).toContain('no checkpoint of 11 records');
  });
});
