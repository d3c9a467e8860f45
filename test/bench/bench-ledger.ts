/** `npm run bench:ledger`: how fast a ledger is verified, and how much memory that takes, by its length. Needs some 500 MB of temporary folder. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { appendRecords, emptyHead } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { logKey, objectPath, type StoredFiles, sampleLine, storeCheckpoint } from '../support/ledger-folder.ts';
import type { Measured } from './verify-child.ts';

const LENGTHS = [10_000, 100_000, 1_000_000];
/** As a batch of the stream has at most. */
const RECORDS_PER_OBJECT = 1000;
const OBJECTS_PER_CHECKPOINT = 10;
/**
 * For memory, which is measured apart from speed: a verifier that grew with the ledger would not end within this, and without it V8 lets
 * garbage lie for as long as there is room.
 */
const TIGHT = ['--max-old-space-size=64', '--max-semi-space-size=8', '--expose-gc'];
const RUNS = 3;
const MEGABYTE = 1024 * 1024;

const temporary = await mkdtemp(join(tmpdir(), 'heed-bench-'));
try {
  print(['records', 'stored MB', 'records/s', 'per CPU s', 'peak RSS MB', 'heap after GC']);
  for (const length of LENGTHS) {
    const folder = join(temporary, String(length));
    const storedBytes = await writeTrail(folder, length);
    const [fast, tight] = [await fastest(folder), await measure(folder, TIGHT)];
    print(row(length, storedBytes, { ...fast, peakBytes: tight.peakBytes, heapBytes: tight.heapBytes }));
    await rm(folder, { recursive: true });
  }
  process.stdout.write(
    `\nAppending 1,000 records: ${appendMilliseconds().toFixed(1)} ms of CPU (tree, JSON, gzip), one put.\n`,
  );
} finally {
  await rm(temporary, { recursive: true, force: true });
}

async function writeTrail(folder: string, length: number): Promise<number> {
  for (const name of ['ledger', 'checkpoints', 'keys']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, `keys/${logKey.id}.vkey`), `${logKey.vkey}\n`);
  let [head, storedBytes] = [emptyHead(), 0];
  while (head.size < length) {
    const lines = Array.from({ length: RECORDS_PER_OBJECT }, (_, offset) => sampleLine(head.size + offset));
    const append = appendRecords(head, lines);
    const bytes = gzipSync(append.bytes);
    await writeFile(join(folder, objectPath(head.objects)), bytes);
    storedBytes += bytes.length;
    head = append.nextHead(storedHash(bytes));
    if (head.objects % OBJECTS_PER_CHECKPOINT === 0) {
      const sealed: StoredFiles = new Map();
      await storeCheckpoint(sealed, head);
      for (const [key, note] of sealed) await writeFile(join(folder, key), note);
    }
  }
  return storedBytes;
}

/** CPU time of making one object of a full batch, the median of many on a ledger that is under way. */
function appendMilliseconds(): number {
  let head = emptyHead();
  const times: number[] = [];
  for (let run = 0; run < 50; run += 1) {
    const lines = Array.from({ length: RECORDS_PER_OBJECT }, (_, offset) => sampleLine(head.size + offset));
    const before = process.cpuUsage();
    const append = appendRecords(head, lines);
    head = append.nextHead(storedHash(gzipSync(append.bytes)));
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length / 2] ?? 0;
}

/** The best of some runs: whatever else the machine does only slows one down. */
async function fastest(folder: string): Promise<Measured> {
  let best = await measure(folder, []);
  for (let run = 1; run < RUNS; run += 1) {
    const next = await measure(folder, []);
    if (next.cpuSeconds < best.cpuSeconds) best = next;
  }
  return best;
}

async function measure(folder: string, flags: readonly string[]): Promise<Measured> {
  const child = join(import.meta.dirname, 'verify-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, child, folder]);
  return JSON.parse(stdout) as Measured;
}

function row(length: number, storedBytes: number, measured: Measured): string[] {
  const { seconds, cpuSeconds, peakBytes, heapBytes } = measured;
  const numbers = [length, storedBytes / MEGABYTE, length / seconds, length / cpuSeconds];
  return [...numbers, peakBytes / MEGABYTE, heapBytes / MEGABYTE].map((number) => Math.round(number).toString());
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((text) => text.padStart(15)).join('')}\n`);
}
