import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { storedLedgerProofs } from '../../shared/adapters/ledger-proofs.ts';
import { checkpointKey, checkpointOf, sealCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import { appendRecords, emptyHead, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { verifyReceipt } from '../../shared/domain/ledger/receipt.ts';
import { recordLine } from '../../shared/domain/ledger/record.ts';
import type { LedgerPlace } from '../../shared/domain/ports/ledger-log.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { simulatedKey, simulatedSigner } from '../simulation/signer.ts';
import { Bucket } from '../simulation/stores.ts';

const idOf = (index: number): RequestId => `req_${index}`;

function lineOf(index: number): string {
  const at = '2026-11-23T08:00:00Z';
  return recordLine({
    v: 1,
    id: `e-${index}`,
    seq: '1',
    event: 'request.created',
    at,
    facts: { requestId: idOf(index) },
  });
}

/** A ledger of objects of these sizes, sealed after those objects. */
async function ledger(sizes: readonly number[], sealed: readonly number[]) {
  const bucket = new Bucket();
  const places = new Map<string, LedgerPlace>();
  let head: LedgerHead = emptyHead();
  for (const [object, count] of sizes.entries()) {
    const { size } = head;
    const indexes = Array.from({ length: count }, (_, offset) => size + offset);
    for (const index of indexes) places.set(idOf(index), { object, index });
    const { bytes, nextHead } = appendRecords(head, indexes.map(lineOf));
    const packed = gzipSync(bytes);
    bucket.putOnce(`ledger/${objectKey(object)}`, packed);
    head = nextHead(storedHash(packed));
    const text = checkpointOf(head, simulatedSigner.name, '2026-11-23T09:00:00Z');
    if (sealed.includes(object))
      bucket.putOnce(
        `checkpoints/${checkpointKey(head.size)}`,
        Buffer.from(await sealCheckpoint(text, [simulatedSigner])),
      );
  }
  const read: string[] = [];
  const { prove } = storedLedgerProofs({
    places: { find: async (requestId) => places.get(requestId) },
    reader: {
      get: async (key) => {
        read.push(key);
        return bucket.objects.get(key);
      },
      firstAfter: async (prefix, after) => bucket.list(prefix).find((key) => key > after),
    },
  });
  return { bucket, head, prove, read };
}

describe('storedLedgerProofs', () => {
  it.each([
    { sizes: [1], sealed: [0] },
    { sizes: [3, 1, 7, 2, 5, 8, 1], sealed: [6] },
    { sizes: [3, 1, 7, 2, 5, 8, 1], sealed: [1, 4, 6] },
    { sizes: [1, 1, 1, 1, 1, 1, 1, 1, 1], sealed: [0, 2, 5, 8] },
    { sizes: [16, 16, 1], sealed: [1, 2] },
  ])('proves each record of objects of $sizes, sealed after $sealed', async ({ sizes, sealed }) => {
    const { head, prove } = await ledger(sizes, sealed);
    for (let index = 0; index < head.size; index += 1) {
      const proof = await prove(idOf(index));
      if (proof.state !== 'sealed') throw new Error(`${index} is ${proof.state}`);
      expect(proof.receipt).toMatchObject({ leaf: lineOf(index), index });
      expect(verifyReceipt(proof.receipt, [simulatedKey]).kind).toBe('proven');
    }
  });

  it('makes proofs that hold for their own record only', async () => {
    const { prove } = await ledger([3, 4], [1]);
    const proof = await prove(idOf(2));
    if (proof.state !== 'sealed') throw new Error(proof.state);
    const { receipt } = proof;
    expect(verifyReceipt({ ...receipt, leaf: lineOf(3) }, [simulatedKey]).kind).toBe('wrong-root');
    expect(verifyReceipt({ ...receipt, index: 3 }, [simulatedKey]).kind).toBe('wrong-root');
  });

  it('reads only what lies between the record and the first checkpoint that holds it', async () => {
    const { prove, read } = await ledger([2, 2, 2, 2, 2], [1, 3, 4]);
    await prove(idOf(5));
    expect(read).toEqual([`checkpoints/${checkpointKey(8)}`, `ledger/${objectKey(2)}`, `ledger/${objectKey(3)}`]);
  });

  it('says that a record waits for its seal', async () => {
    const { prove } = await ledger([2, 2], [0]);
    expect(await prove(idOf(1))).toMatchObject({ state: 'sealed' });
    expect(await prove(idOf(2))).toEqual({ state: 'not-yet-sealed' });
  });

  it('says so of a record that has not come to the ledger yet', async () => {
    const { prove } = await ledger([2], [0]);
    expect(await prove(idOf(99))).toEqual({ state: 'not-yet-sealed' });
  });

  it('rejects when an object is missing: a proof that cannot be made is not one that comes later', async () => {
    const { bucket, prove } = await ledger([2, 2], [1]);
    bucket.objects.delete(`ledger/${objectKey(1)}`);
    await expect(prove(idOf(0))).rejects.toThrow('Object 1 of the ledger is missing');
  });
});
