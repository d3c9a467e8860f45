import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../functions/verify-ledger/cli.ts';
import { canonicalJson } from '../../shared/domain/ledger/canonical.ts';
import { checkpointOf, sealCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import type { DefectKind, Place } from '../../shared/domain/ledger/defect.ts';
import { appendRecords, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import {
  checkpointPath,
  LOG_ORIGIN,
  logKey,
  logSigner,
  objectPath,
  type SampleLedger,
  type StoredFiles,
  sampleLedger,
  sampleLine,
  storeCheckpoint,
  storeObject,
  strangerSigner,
  writeLedgerFolder,
} from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const SHAPE = { sizes: [10, 10, 10, 10, 10, 10], sealed: [1, 3, 5] };
const KEY_FILE = `keys/${logKey.id}.vkey`;

let ledger: SampleLedger;
let folder: string | undefined;

beforeEach(async () => {
  ledger = await sampleLedger(SHAPE);
});

afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

async function verify(now?: string) {
  folder = await writeLedgerFolder(ledger.files);
  const trust = ['--public-key', join(folder, KEY_FILE)];
  const [plain, json] = [memoryTerminal('', now), memoryTerminal('', now)];
  const code = await run([folder, ...trust], plain);
  expect(await run([folder, ...trust, '--json'], json)).toBe(code);
  return { code, text: plain.printed(), answer: JSON.parse(json.printed()), quiet: json.complaints() };
}

function bytesOf(files: StoredFiles, key: string): Buffer {
  return Buffer.from(files.get(key) ?? expect.fail(`no ${key}`));
}

function headAfter({ heads }: SampleLedger, object: number): LedgerHead {
  return heads[object] ?? expect.fail(`no object ${object}`);
}

/** Changes an object's text and packs it again. */
function rewrite({ files }: SampleLedger, object: number, change: (text: string) => string): void {
  const text = gunzipSync(bytesOf(files, objectPath(object))).toString();
  files.set(objectPath(object), gzipSync(change(text)));
}

const lines = (first: number, prefix = '') =>
  Array.from({ length: 10 }, (_, offset) => sampleLine(first + offset).replace('"event-', `"${prefix}event-`));

interface Attack {
  kind: DefectKind;
  what: string;
  place: Place;
  attack: (ledger: SampleLedger) => unknown;
  now?: string;
}

const ATTACKS: readonly Attack[] = [
  {
    kind: 'missing-object',
    what: 'a deleted object',
    place: { object: 2 },
    attack: ({ files }) => files.delete(objectPath(2)),
  },
  {
    kind: 'gap',
    what: 'an object that begins later than the one before ends',
    place: { object: 6 },
    attack: (sample) => {
      const head = headAfter(sample, 5);
      const skipped = appendRecords(head, lines(60)).nextHead(head.lastObjectHash);
      storeObject(sample.files, { ...skipped, objects: head.objects }, lines(70));
    },
  },
  {
    kind: 'duplicate',
    what: 'an object stored again under the next number',
    place: { object: 6 },
    attack: ({ files }) => files.set(objectPath(6), bytesOf(files, objectPath(5))),
  },
  {
    kind: 'reordered',
    what: 'two objects that changed places',
    place: { object: 2 },
    attack: ({ files }) => {
      const [two, three] = [bytesOf(files, objectPath(2)), bytesOf(files, objectPath(3))];
      files.set(objectPath(2), three).set(objectPath(3), two);
    },
  },
  {
    kind: 'edited-record',
    what: 'another state in one record',
    place: { object: 2 },
    attack: (sample) => rewrite(sample, 2, (text) => text.replace('"state":"effective"', '"state":"withdrawn"')),
  },
  {
    kind: 'edited-header',
    what: 'another predecessor in a header',
    place: { object: 2 },
    attack: (sample) =>
      rewrite(sample, 2, (text) => text.replace(/"previous":"[0-9a-f]{64}"/, `"previous":"${'e'.repeat(64)}"`)),
  },
  {
    kind: 'broken-hash-chain',
    what: 'the same text packed otherwise',
    place: { object: 2 },
    attack: ({ files }) => files.set(objectPath(2), gzipSync(gunzipSync(bytesOf(files, objectPath(2))), { level: 0 })),
  },
  {
    kind: 'wrong-root',
    what: 'everything after an object made anew, without a new seal',
    place: { object: 4 },
    attack: (sample) => {
      const head = storeObject(sample.files, headAfter(sample, 3), lines(40, 'other-'));
      storeObject(sample.files, head, lines(50, 'other-'));
    },
  },
  {
    kind: 'wrong-size',
    what: 'a header that counts more records than there are',
    place: { object: 6 },
    attack: (sample) => {
      const text = appendRecords(headAfter(sample, 5), lines(60)).bytes.toString();
      sample.files.set(objectPath(6), gzipSync(`${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`));
    },
  },
  {
    kind: 'truncated-gzip',
    what: 'an object without its end',
    place: { object: 2 },
    attack: ({ files }) => files.set(objectPath(2), bytesOf(files, objectPath(2)).subarray(0, -20)),
  },
  {
    kind: 'corrupt-gzip',
    what: 'an object with another first byte',
    place: { object: 2 },
    attack: ({ files }) => bytesOf(files, objectPath(2)) && (files.get(objectPath(2)) as Uint8Array).set([0], 0),
  },
  {
    kind: 'trailing-bytes',
    what: 'bytes after the end',
    place: { object: 2 },
    attack: ({ files }) =>
      files.set(objectPath(2), Buffer.concat([bytesOf(files, objectPath(2)), gzipSync('{"v":1}\n')])),
  },
  {
    kind: 'bad-signature',
    what: 'another time in a signed checkpoint',
    place: { checkpoint: checkpointPath(40) },
    attack: ({ files }) => {
      const note = bytesOf(files, checkpointPath(40)).toString();
      files.set(checkpointPath(40), Buffer.from(note.replace(/time \d{4}/, 'time 2025')));
    },
  },
  {
    kind: 'unknown-key',
    what: 'a checkpoint that somebody else signed',
    place: { checkpoint: checkpointPath(40) },
    attack: (sample) => storeCheckpoint(sample.files, headAfter(sample, 3), strangerSigner),
  },
  {
    kind: 'checkpoint-rolled-back',
    what: 'an old checkpoint in the place of the newest',
    place: { checkpoint: checkpointPath(60) },
    attack: ({ files }) => files.set(checkpointPath(60), bytesOf(files, checkpointPath(40))),
  },
  {
    kind: 'forked-checkpoints',
    what: 'a well signed checkpoint of another history',
    place: { checkpoint: checkpointPath(40) },
    attack: async (sample) => {
      const elsewhere = await sampleLedger({
        ...SHAPE,
        line: (index) => sampleLine(index).replace('"event-', '"other-event-'),
      });
      const note = await sealCheckpoint(checkpointOf(headAfter(elsewhere, 3), LOG_ORIGIN, headAfter(sample, 3).at), [
        logSigner,
      ]);
      sample.files.set(checkpointPath(40), Buffer.from(note));
    },
  },
  {
    kind: 'forbidden-field',
    what: 'a record with an address',
    place: { object: 6, line: 2, record: 60 },
    attack: (sample) => {
      const record = JSON.parse(sampleLine(60));
      record.facts.address = 'canary@example.org';
      storeObject(sample.files, headAfter(sample, 5), [canonicalJson(record)]);
    },
  },
  {
    kind: 'clock-backwards',
    what: 'a record of three days ago',
    place: { object: 6, line: 2, record: 60 },
    attack: (sample) =>
      storeObject(sample.files, headAfter(sample, 5), [
        sampleLine(60).replace('"at":"2026-11-23T', '"at":"2026-11-20T'),
      ]),
  },
  {
    kind: 'unsealed-tail-too-long',
    what: 'records that wait for a seal since a week',
    place: {},
    attack: (sample) => storeObject(sample.files, headAfter(sample, 5), lines(60)),
    now: '2026-11-30T00:00:00Z',
  },
  {
    kind: 'malformed',
    what: 'a file that is no object',
    place: { key: 'ledger/notes.txt' },
    attack: ({ files }) => files.set('ledger/notes.txt', Buffer.from('canary@example.org')),
  },
];

describe('verify-ledger names each kind of defect', () => {
  it('finds none in a ledger that is sound', async () => {
    const { code, text, answer } = await verify();
    expect(code).toBe(0);
    expect(text).toMatch(/^SOUND\. No defect was found\./);
    expect(answer).toMatchObject({ verdict: 'sound', defects: [], objects: 6, records: 60, checkpoints: 3 });
  });

  it.each(ATTACKS)('$kind: $what', async ({ kind, place, attack, now }) => {
    await attack(ledger);
    const { code, text, answer, quiet } = await verify(now);
    expect(code).toBe(1);
    expect(text).toContain(`DEFECT  ${kind}: `);
    expect(text).toMatch(/^NOT SOUND\. \d+ defects? (was|were) found\.$/m);
    expect(answer.verdict).toBe('defect');
    expect(answer.defects).toContainEqual(expect.objectContaining({ kind, place: expect.objectContaining(place) }));
    expect(quiet).toBe('');
    expect(text + JSON.stringify(answer)).not.toContain('canary');
  });

  it('covers every kind that there is', async () => {
    const source = await readFile(join(import.meta.dirname, '../../shared/domain/ledger/defect.ts'), 'utf8');
    const kinds = [
      ...((source.split('export type DefectKind =')[1] ?? '').split(';')[0]?.matchAll(/'([a-z-]+)'/g) ?? []),
    ];
    expect(new Set(ATTACKS.map(({ kind }) => kind))).toEqual(new Set(kinds.map(([, kind]) => kind)));
  });
});
