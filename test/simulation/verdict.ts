import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { checkpointKeySize, parseCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import type { Defect } from '../../shared/domain/ledger/defect.ts';
import type { Gunzip } from '../../shared/domain/ledger/gunzip.ts';
import type { ObjectHeader } from '../../shared/domain/ledger/object-header.ts';
import { verifyLedger } from '../../shared/domain/ledger/verify-ledger.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import { proofProblems } from './proof-verdict.ts';
import { simulatedKey } from './signer.ts';
import { slowRoot } from './slow-merkle.ts';
import type { Bucket } from './stores.ts';
import type { World } from './world.ts';

/** All that is wrong with a world at rest; `expected`: the lines of the undisturbed run. */
export async function problems(world: World, expected: readonly string[]): Promise<string[]> {
  const { bucket } = world;
  const lines = linesOf(bucket);
  const found = [
    ...world.alarms,
    ...countProblems(lines, expected),
    ...orderProblems(world, lines),
    ...writeProblems(bucket),
    ...chainProblems(world, lines),
    ...checkpointProblems(world, lines),
    ...(await verifierProblems(world)),
  ];
  return found.length > 0 ? found : await proofProblems(world, lines);
}

export function linesOf(bucket: Bucket): string[] {
  return bucket.list(LEDGER_PREFIX).flatMap((key) => textOf(bucket, key).split('\n').slice(1, -1));
}

function textOf({ objects }: Bucket, key: string): string {
  return gunzipSync(objects.get(key) ?? Buffer.alloc(0)).toString();
}

function countProblems(lines: readonly string[], expected: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  const lost = expected.filter((line) => !counts.has(line)).map((line) => `lost ${idOf(line)}`);
  const doubled = [...counts].filter(([, count]) => count > 1).map(([line]) => `doubled ${idOf(line)}`);
  const wanted = new Set(expected);
  const strange = [...counts.keys()].filter((line) => !wanted.has(line)).map((line) => `strange ${idOf(line)}`);
  return [...lost, ...doubled, ...strange];
}

// As the stream had them, which is as the undisturbed run has them.
function orderProblems(world: World, lines: readonly string[]): string[] {
  const places = new Map(lines.map((line, index) => [idOf(line), index]));
  const last = new Map<string, number>();
  const found: string[] = [];
  for (const { id, subject } of world.plan.shards.flat()) {
    const place = places.get(id) ?? Number.POSITIVE_INFINITY;
    if (isLate(world, { id, place })) continue;
    if (place < (last.get(subject) ?? -1)) found.push(`reordered ${id}`);
    last.set(subject, place);
  }
  return found;
}

// The one case in which a subject's order is not the stream's: its reader gave the change up, went on, and it came by the failure queue.
function isLate({ givenUp }: World, { id, place }: { id: string; place: number }): boolean {
  return place >= (givenUp.get(id) ?? Number.POSITIVE_INFINITY);
}

function writeProblems({ writes }: Bucket): string[] {
  return writes.filter((key, index) => writes.indexOf(key) !== index).map((key) => `overwritten ${key}`);
}

function chainProblems({ bucket, table }: World, lines: readonly string[]): string[] {
  const found: string[] = [];
  let previous = '0'.repeat(64);
  let size = 0;
  for (const [number, key] of bucket.list(LEDGER_PREFIX).entries()) {
    const [first = '', ...records] = textOf(bucket, key).split('\n').slice(0, -1);
    const header = JSON.parse(first) as ObjectHeader;
    const isNext = header.object === number && header.first === size && header.previous === previous;
    size += records.length;
    const isRight = header.size === size && header.last === size - 1 && header.root === slowRoot(lines.slice(0, size));
    if (!isNext || !isRight || !key.includes(String(number).padStart(20, '0'))) found.push(`chain broken at ${key}`);
    previous = sha256(bucket.objects.get(key));
  }
  if (table.head.size !== size || table.head.lastObjectHash !== previous) found.push('the head is not the last object');
  return found;
}

function checkpointProblems({ bucket, table }: World, lines: readonly string[]): string[] {
  const keys = bucket.list(CHECKPOINT_PREFIX);
  const wrong = keys.filter((key) => {
    const note = Buffer.from(bucket.objects.get(key) ?? []).toString();
    const checkpoint = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
    return (
      checkpoint?.size !== checkpointKeySize(key) || checkpoint?.root !== slowRoot(lines.slice(0, checkpoint?.size))
    );
  });
  const found = wrong.map((key) => `${key} is of another tree`);
  if (checkpointKeySize(keys.at(-1) ?? '') !== table.head.size) found.push('the head is not sealed');
  if (bucket.list(KEY_PREFIX).length !== 1) found.push('the key is not published');
  return found;
}

async function verifierProblems(world: World): Promise<string[]> {
  const { bucket, plan } = world;
  const stored = (prefix: string) =>
    bucket.list(prefix).map((key) => ({ key, bytes: bucket.objects.get(key) ?? Buffer.alloc(0) }));
  const checkpoints = stored(CHECKPOINT_PREFIX).map(({ key, bytes }) => ({ key, text: Buffer.from(bytes).toString() }));
  const source = { objects: each(stored(LEDGER_PREFIX)), checkpoints: each(checkpoints), keys: [simulatedKey], gunzip };
  const found: string[] = [];
  for await (const defect of verifyLedger(source))
    if (!isOwed(defect)) found.push(`verifier: ${JSON.stringify(defect)}`);
  return found;

  // What the verifier says of honest ledgers, each for a reason that the world knows: a redrive comes late; a clock that went back
  // further than the verifier tolerates gave a later checkpoint an earlier time.
  function isOwed({ kind }: Defect): boolean {
    if (kind === 'checkpoint-rolled-back') return plan.hasClockJumps;
    return kind === 'reordered' && world.givenUp.size > 0;
  }
}

const gunzip: Gunzip = (bytes) => ({ kind: 'whole', data: gunzipSync(bytes), consumed: bytes.length });

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function idOf(line: string): string {
  return (JSON.parse(line) as { id: string }).id;
}

function sha256(bytes: Uint8Array = Buffer.alloc(0)): string {
  return createHash('sha256').update(bytes).digest('hex');
}
