import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../shared/domain/ledger/base64.ts';
import { Frontier } from '../../../shared/domain/ledger/frontier.ts';
import { appendRecords, emptyHead } from '../../../shared/domain/ledger/head.ts';
import { leafHash, storedHash } from '../../../shared/domain/ledger/merkle.ts';
import { objectKey } from '../../../shared/domain/ledger/object-header.ts';
import { inclusionProof } from '../../../shared/domain/ledger/proofs.ts';
import {
  formatReceipt,
  type LedgerReceipt,
  parseReceipt,
  verifyReceipt,
} from '../../../shared/domain/ledger/receipt.ts';
import { byteAttacks, structuralAttacks } from './attack-plan.ts';
import { type Attack, editRecord, flipByte, withBytes } from './attacks.ts';
import { checkpointAttacks, flipCheckpoint } from './checkpoint-attacks.ts';
import { check, line, makeTrail, ourKey, seal, store, type Trail } from './trail.ts';

let trail: Trail;

beforeAll(async () => {
  trail = await makeTrail({ sizes: [1, 50, 3, 46, 40, 60], sealed: [1, 3, 5] });
});

describe('sound trail', () => {
  it('has no defect, and its end is told', async () => {
    const { defects, summary } = await check(trail);
    expect(defects).toEqual([]);
    expect(summary).toMatchObject({ objects: 6, records: 200, size: 200, sealedSize: 200, checkpoints: 3, defects: 0 });
  });

  it('gives no false alarm, whatever its shape', async () => {
    const shapes = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }),
      sealed: fc.uniqueArray(fc.nat(11)),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        expect((await check(await makeTrail(shape))).defects).toEqual([]);
      }),
    );
  });

  it('may be checked from any checkpoint on', async () => {
    for (const { text } of trail.checkpoints) {
      expect((await check(trail, { since: text })).defects).toEqual([]);
    }
    const [, middle] = trail.checkpoints;
    const rest = { objects: trail.objects.slice(3), checkpoints: trail.checkpoints.slice(2) };
    const { defects, summary } = await check(rest, { since: middle?.text ?? '' });
    expect(defects).toEqual([]);
    expect(summary).toMatchObject({ objects: 2, records: 100, size: 200 });
  });
});

describe('attack', () => {
  it('on bytes of objects is found, at the object', async () => {
    expect(await missed(byteAttacks(trail, 11))).toEqual([]);
  });

  it('on records, headers and objects is found, at its place', async () => {
    expect(await missed(structuralAttacks(trail))).toEqual([]);
  });

  it('on checkpoints and on the end of the trail is found', async () => {
    expect(await missed(await checkpointAttacks(trail))).toEqual([]);
  });

  it('on any byte of a checkpoint is found', async () => {
    const { text = '' } = trail.checkpoints[2] ?? {};
    const flips = Array.from({ length: Buffer.byteLength(text) }, (_, place) => flipCheckpoint(trail, 2, place, 0x01));
    expect(await missed(flips)).toEqual([]);
  });

  it('does not hide another one behind it', async () => {
    const [first, second] = [editRecord(trail, 1, 5), editRecord(trail, 4, 7)];
    const objects = trail.objects.with(1, first.objects[1] ?? fail()).with(4, second.objects[4] ?? fail());
    const { defects } = await check({ ...trail, objects });
    expect(defects).toMatchObject([
      { kind: 'edited-record', place: { object: 1 } },
      { kind: 'edited-record', place: { object: 4 } },
    ]);
  });
});

describe('defect', () => {
  it.each([
    ['the gzip header, which no check sum covers', 4, 'broken-hash-chain'],
    ['the packed data', 60, 'corrupt-gzip'],
  ])('in %s is named alone', async (_, place, kind) => {
    for (const object of trail.objects.keys()) {
      const { defects } = await check(flipByte(trail, object, place, 0xff));
      expect(defects).toMatchObject([{ kind, place: { object } }]);
    }
  });

  it('in one record is located at its line', async () => {
    const attack = withBytes(
      trail,
      2,
      edit(trail, 2, (text) => text.replace('"manner":"form"', '"mailTo":"x"')),
      '',
    );
    expect((await check(attack)).defects).toMatchObject([
      { kind: 'forbidden-field', place: { object: 2, line: 2, record: 51 } },
      { kind: 'edited-record', place: { object: 2 } },
    ]);
  });

  it('names a missing object, a run of them, and a tail that a checkpoint seals', async () => {
    const without = (from: number, to: number) => ({ ...trail, objects: trail.objects.toSpliced(from, to - from + 1) });
    expect((await check(without(2, 2))).defects).toMatchObject([{ kind: 'missing-object', place: { object: 2 } }]);
    expect((await check(without(1, 3))).defects).toMatchObject([
      { kind: 'missing-object', place: { object: 1, through: 3 } },
    ]);
    expect((await check(without(4, 5))).defects).toMatchObject([
      { kind: 'missing-object', place: { object: 4, through: 5 } },
    ]);
  });

  it('names objects listed twice or out of order, and keys of something else', async () => {
    const [first, second, ...rest] = trail.objects;
    if (first === undefined || second === undefined) return fail();
    const twice = await check({ ...trail, objects: [first, first, second, ...rest] });
    expect(twice.defects).toMatchObject([{ kind: 'duplicate', place: { object: 0 } }]);
    const foreign = await check({
      ...trail,
      objects: [first, { key: 'ledger/notes.txt', bytes: Buffer.alloc(3) }, second, ...rest],
    });
    expect(foreign.defects).toMatchObject([{ kind: 'malformed', place: { key: 'ledger/notes.txt' } }]);
  });

  it('names bytes after the gzip member, a second member included', async () => {
    const bytes = Buffer.concat([trail.objects[1]?.bytes ?? fail(), gzipSync('more')]);
    expect((await check(withBytes(trail, 1, bytes, ''))).defects).toMatchObject([
      { kind: 'trailing-bytes', place: { object: 1 } },
    ]);
  });

  it('names an object that would fill the memory', async () => {
    const { defects } = await check(trail, { limits: { maxObjectBytes: 1000 } });
    expect(defects).toContainEqual(expect.objectContaining({ kind: 'malformed', place: { object: 1 } }));
  });

  it('names records that are doubled, go back in a subject’s order, or back in time', async () => {
    const wrong = await makeTrail({ sizes: [2], sealed: [] });
    const late = line(5)
      .replace(/"at":"[^"]*"/, '"at":"2026-12-23T08:00:00Z"')
      .replace('"0-5"', '"0-x"');
    const back = line(1).replace('"0-1"', '"0-y"').replace('4421584500000000000001', '4421584500000000000000');
    const head = store(wrong, wrong.heads[0] ?? fail(), [line(1), back, late, line(6)]);
    wrong.checkpoints.push(await seal(head));
    expect((await check(wrong)).defects).toMatchObject([
      { kind: 'duplicate', place: { object: 1, line: 2, record: 2 } },
      { kind: 'reordered', place: { object: 1, line: 3, record: 3 } },
      { kind: 'clock-backwards', place: { object: 1, line: 5, record: 5 } },
    ]);
  });

  it('names a tail that waits too long for its checkpoint', async () => {
    const open = await makeTrail({ sizes: [5, 5], sealed: [0] });
    expect((await check(open, { limits: { unsealedRecords: 5 } })).defects).toEqual([]);
    expect((await check(open, { limits: { unsealedRecords: 4 } })).defects).toMatchObject([
      { kind: 'unsealed-tail-too-long' },
    ]);
    const limits = { unsealedSeconds: 3600, now: '2026-11-23T09:30:00Z' };
    expect((await check(open, { limits })).defects).toMatchObject([{ kind: 'unsealed-tail-too-long' }]);
  });

  it('of the writer is told from a change after the fact', async () => {
    const skipping = await makeTrail({ sizes: [2], sealed: [] });
    const [head = fail()] = skipping.heads;
    const skipped = new Frontier(
      2,
      head.frontier.map((hash) => fromBase64(hash) ?? fail()),
    );
    skipped.append(leafHash(Buffer.from('never stored')));
    const gap = { ...head, size: 3, frontier: skipped.hashes.map(toBase64) };
    skipping.checkpoints.push(await seal(store(skipping, gap, [line(3)])));
    expect((await check(skipping)).defects).toMatchObject([{ kind: 'gap', place: { object: 1 } }]);

    const repeating = await makeTrail({ sizes: [2], sealed: [] });
    store(repeating, { ...(repeating.heads[0] ?? fail()), size: 0, frontier: [] }, [line(3)]);
    expect((await check(repeating)).defects).toMatchObject([{ kind: 'duplicate', place: { object: 1 } }]);

    const wrong = await makeTrail({ sizes: [2], sealed: [] });
    store(wrong, { ...(wrong.heads[0] ?? fail()), frontier: [Buffer.alloc(32, 1).toString('base64')] }, [line(3)]);
    expect((await check(wrong)).defects).toMatchObject([{ kind: 'wrong-root', place: { object: 1 } }]);
  });

  it('in an object of the right hash is the writer’s: a wrong root, a wrong size', async () => {
    for (const [change, kind] of [
      ['"state":"withdrawn"', 'wrong-root'],
      ['', 'wrong-size'],
    ] as const) {
      const wrong: Trail = { objects: [], checkpoints: [], heads: [] };
      const { bytes, nextHead, header } = appendRecords(emptyHead(), [line(0), line(1)]);
      const text = Buffer.from(bytes).toString();
      const stored = gzipSync(
        change === '' ? text.slice(0, text.lastIndexOf('{"at"')) : text.replace('"state":"effective"', change),
      );
      wrong.objects.push({ key: objectKey(header.object), bytes: stored });
      wrong.checkpoints.push(await seal(store(wrong, nextHead(storedHash(stored)), [line(2)])));
      expect((await check(wrong)).defects).toMatchObject([{ kind, place: { object: 0 } }]);
    }
  });

  it('names two signed histories of one size, and a checkpoint of another history', async () => {
    const [first, middle] = [trail.heads[1] ?? fail(), trail.heads[3] ?? fail()];
    const fork = await seal({ ...middle, lastObjectHash: 'cd'.repeat(32) });
    const [a, b, c] = trail.checkpoints;
    if (a === undefined || b === undefined || c === undefined) return fail();
    const both = await check({ ...trail, checkpoints: [a, b, fork, c] });
    expect(both.defects.map(({ kind }) => kind)).toContain('forked-checkpoints');
    const other = await check({ ...trail, checkpoints: [a, fork, c] });
    expect(other.defects).toMatchObject([{ kind: 'forked-checkpoints', place: { checkpoint: b.key } }]);
    const older = await check({ ...trail, checkpoints: [a, b, { ...(await seal(first)), key: c.key }] });
    expect(older.defects.map(({ kind }) => kind)).toContain('checkpoint-rolled-back');
  });
});

describe('a checkpoint that the checker holds', () => {
  it('shows a head rolled back with all stored copies of its checkpoints, which nothing stored shows', async () => {
    const rolled = { objects: trail.objects.slice(0, 4), checkpoints: trail.checkpoints.slice(0, 2) };
    expect((await check(rolled)).defects).toEqual([]);
    const { defects } = await check(rolled, { since: trail.checkpoints[2]?.text ?? '' });
    expect(defects.map(({ kind }) => kind)).toEqual(['checkpoint-rolled-back', 'checkpoint-rolled-back']);
  });

  it('shows a history made anew and signed anew', async () => {
    const anew = await makeTrail({ sizes: [1, 50, 3, 46, 40, 60], sealed: [1, 3, 5], seed: 1 });
    expect((await check(anew)).defects).toEqual([]);
    const { defects } = await check(anew, { since: trail.checkpoints[1]?.text ?? '' });
    expect(defects.map(({ kind }) => kind)).toContain('forked-checkpoints');
  });

  it('is worth nothing unless a trusted key signed it', async () => {
    const { defects } = await check(trail, { since: (trail.checkpoints[1]?.text ?? '').replace('100', '101') });
    expect(defects).toMatchObject([{ kind: 'bad-signature', place: { checkpoint: 'since' } }]);
  });
});

describe('receipt', () => {
  async function receiptOf(index: number): Promise<LedgerReceipt> {
    const leaves = (first: number, end: number) =>
      Array.from({ length: end - first }, (_, offset) => leafHash(Buffer.from(line(first + offset))));
    const proof = (await inclusionProof(100, index, leaves)).map(toBase64);
    return { leaf: line(index), index, proof, checkpoint: trail.checkpoints[1]?.text ?? '' };
  }

  it('proves its record by itself, and within the ledger', async () => {
    const receipt = await receiptOf(77);
    expect(verifyReceipt(receipt, [ourKey])).toMatchObject({ kind: 'proven' });
    expect((await check(trail, { receipt })).defects).toEqual([]);
  });

  it('is written as C2SP tlog-proof and read again', async () => {
    const receipt = await receiptOf(77);
    expect(parseReceipt(formatReceipt(receipt))).toEqual(receipt);
    expect(parseReceipt(formatReceipt(receipt).replace('index 77', 'index 077'))).toBeUndefined();
    expect(parseReceipt('')).toBeUndefined();
  });

  it('fails with another record, place, proof or key', async () => {
    const receipt = await receiptOf(77);
    const flipped = (fromBase64(receipt.proof[0] ?? '') ?? Buffer.alloc(0)).map((byte) => byte ^ 1);
    const lies = [
      { ...receipt, leaf: line(78) },
      { ...receipt, index: 78 },
      { ...receipt, proof: receipt.proof.slice(1) },
      { ...receipt, proof: receipt.proof.with(0, toBase64(flipped)) },
      { ...receipt, proof: receipt.proof.with(0, 'AA==') },
    ];
    expect(lies.map((lie) => verifyReceipt(lie, [ourKey]).kind)).not.toContain('proven');
    expect(verifyReceipt(receipt, []).kind).toBe('unknown-key');
  });

  it('shows that the ledger no longer holds its record', async () => {
    const anew = await makeTrail({ sizes: [1, 50, 3, 46, 40, 60], sealed: [], seed: 1 });
    const { defects } = await check(anew, { receipt: await receiptOf(77) });
    expect(defects).toContainEqual(
      expect.objectContaining({ kind: 'edited-record', place: expect.objectContaining({ record: 77 }) }),
    );
  });
});

/** Attacks that the verifier did not find, or not at the right place. */
async function missed(attacks: Iterable<Attack>): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const attack of attacks) {
    const { defects } = await check(attack);
    const isSame = attack.objects.every(
      ({ bytes }, index) => Buffer.compare(bytes, trail.objects[index]?.bytes ?? bytes) === 0,
    );
    const isNothing =
      isSame && attack.objects.length === trail.objects.length && attack.checkpoints === trail.checkpoints;
    if (!isNothing && !defects.some(attack.isFound)) found.push({ name: attack.name, defects: defects.slice(0, 3) });
  }
  return found.slice(0, 5);
}

function edit(from: Trail, object: number, change: (text: string) => string): Buffer {
  const { bytes } = from.objects[object] ?? fail();
  return gzipSync(change(gunzipSync(bytes).toString()));
}

function fail(): never {
  throw new Error('The trail lacks what the test needs');
}
