// `npm run attack`: the attacks of the tests without sampling, and those that take minutes. Prints a table; exits 1 if one was missed.
import { byteAttacks, structuralAttacks } from './domain/ledger/attack-plan.ts';
import {
  type Attack,
  deleteByte,
  deleteObject,
  deleteRecord,
  duplicateRecord,
  editHeader,
  editRecord,
  flipByte,
  insertByte,
  insertRecord,
  remakeObject,
  replaceObject,
  swapObjects,
  swapRecords,
  truncate,
} from './domain/ledger/attacks.ts';
import { checkpointAttacks, flipCheckpoint } from './domain/ledger/checkpoint-attacks.ts';
import { check, makeTrail, type Trail } from './domain/ledger/trail.ts';

interface Row {
  attacks: number;
  found: number;
  located: number;
  kinds: Set<string>;
}

const OBJECTS = 2000;
const PER_OBJECT = 50;
/** A checkpoint seals each fifth object of the long trail. */
const SEAL_EVERY = 5;

const rows = new Map<string, Row>();
let missed = 0;
const args = new Map(process.argv.slice(2).map((argument) => argument.split('=') as [string, string]));
const seed = Number(args.get('--seed') ?? 1);
const count = Number(args.get('--count') ?? 20_000);

await attackShortTrail();
await attackLongTrail();
await checkCleanTrails(Number(args.get('--clean') ?? 1000));
printTable();
process.exitCode = missed === 0 ? 0 : 1;

async function attackShortTrail(): Promise<void> {
  const trail = await makeTrail({ sizes: [1, 50, 3, 46, 40, 60], sealed: [1, 3, 5] });
  for (const attack of byteAttacks(trail, 1)) await run('200 records', attack);
  for (const attack of structuralAttacks(trail)) await run('200 records', attack);
  for (const attack of await checkpointAttacks(trail)) await run('200 records', attack);
  for (const [index, { text }] of trail.checkpoints.entries())
    for (let place = 0; place < Buffer.byteLength(text); place += 1)
      for (const mask of [0x01, 0x80, 0xff]) await run('200 records', flipCheckpoint(trail, index, place, mask));
}

/** Each attack is verified from the checkpoint before it to the third after it; some over the whole trail, as a check of that. */
async function attackLongTrail(): Promise<void> {
  const sealed = Array.from({ length: OBJECTS / SEAL_EVERY }, (_, index) => index * SEAL_EVERY + SEAL_EVERY - 1);
  const trail = await makeTrail({ sizes: Array.from({ length: OBJECTS }, () => PER_OBJECT), sealed });
  const random = randomFrom(seed);
  for (let number = 0; number < count; number += 1) {
    const object = SEAL_EVERY + random(OBJECTS - 6 * SEAL_EVERY);
    const attack = seededAttack(trail, object, random);
    if (number % 500 === 0) await run('100,000 records, whole', attack);
    await run('100,000 records', windowOf(attack, trail, object), trail.checkpoints[sealBefore(object)]?.text);
  }
}

function sealBefore(object: number): number {
  return Math.floor(object / SEAL_EVERY) - 1;
}

function windowOf(attack: Attack, trail: Trail, object: number): Attack {
  const before = sealBefore(object);
  const [from, to] = [(before + 1) * SEAL_EVERY - 1, (before + 5) * SEAL_EVERY];
  const keys = new Set(trail.objects.slice(from, to).map(({ key }) => key));
  return {
    ...attack,
    objects: attack.objects.filter(({ key }) => keys.has(key)),
    checkpoints: trail.checkpoints.slice(before, before + 5),
  };
}

function seededAttack(trail: Trail, object: number, random: (below: number) => number): Attack {
  const length = trail.objects[object]?.bytes.length ?? 0;
  const record = random(PER_OBJECT - 1);
  const near = object + 1 + random(4);
  const attacks = [
    () => flipByte(trail, object, random(length), 1 + random(255)),
    () => insertByte(trail, object, random(length), random(256)),
    () => deleteByte(trail, object, random(length)),
    () => truncate(trail, object, random(length)),
    () => editRecord(trail, object, record),
    () => deleteRecord(trail, object, record),
    () => duplicateRecord(trail, object, record),
    () => insertRecord(trail, object, record),
    () => swapRecords(trail, object, record, record + 1),
    () => editHeader(trail, object, { root: Buffer.alloc(32, random(256)).toString('base64') }),
    () => editHeader(trail, object, { previous: 'c'.repeat(64) }),
    () => remakeObject(trail, object),
    () => deleteObject(trail, object),
    () => replaceObject(trail, object, near),
    () => swapObjects(trail, object, near),
  ];
  const attack = attacks[random(attacks.length)] ?? (() => deleteObject(trail, object));
  return attack();
}

async function checkCleanTrails(trails: number): Promise<void> {
  const random = randomFrom(seed);
  const row = rowOf('clean', 'false alarms on clean trails');
  for (let number = 0; number < trails; number += 1) {
    const sizes = Array.from({ length: random(12) }, () => 1 + random(20));
    const sealed = sizes.flatMap((_, object) => (random(3) === 0 ? [object] : []));
    const { defects } = await check(await makeTrail({ sizes, sealed, seed: number }));
    row.attacks += 1;
    row.found += defects.length > 0 ? 1 : 0;
    for (const { kind } of defects) row.kinds.add(kind);
    missed += defects.length > 0 ? 1 : 0;
  }
}

async function run(trailName: string, attack: Attack, since?: string): Promise<void> {
  const { defects } = await check(attack, since === undefined ? {} : { since });
  const row = rowOf(trailName, attack.name);
  const isLocated = defects.some(attack.isFound);
  row.attacks += 1;
  row.found += defects.length > 0 ? 1 : 0;
  row.located += isLocated ? 1 : 0;
  for (const { kind } of defects) row.kinds.add(kind);
  missed += isLocated ? 0 : 1;
}

function rowOf(trailName: string, name: string): Row {
  const key = `${trailName} | ${name}`;
  const row = rows.get(key) ?? { attacks: 0, found: 0, located: 0, kinds: new Set() };
  rows.set(key, row);
  return row;
}

function printTable(): void {
  process.stdout.write('| trail | attack | made | found | located | kinds |\n|---|---|---|---|---|---|\n');
  for (const [key, { attacks, found, located, kinds }] of rows)
    process.stdout.write(
      `| ${key} | ${attacks} | ${found} | ${located} | ${[...kinds].sort((a, b) => a.localeCompare(b)).join(', ')} |\n`,
    );
  process.stdout.write(`\n${missed === 0 ? 'Nothing was missed' : `${missed} MISSED`} (seed ${seed})\n`);
}

/** Mulberry32: the same attacks for the same seed, on every machine. */
function randomFrom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
