import { generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { LedgerRolledBack, type SealLedgerPorts, sealLedger } from '../../functions/seal-ledger/seal-ledger.ts';
import {
  checkpointKey,
  checkpointOf,
  sealCheckpoint,
  verifyCheckpoint,
} from '../../shared/domain/ledger/checkpoint.ts';
import { appendRecords, emptyHead, headRoot, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { recordLine } from '../../shared/domain/ledger/record.ts';
import { simulatedKey, simulatedSigner } from '../simulation/signer.ts';
import { Bucket } from '../simulation/stores.ts';

function headOf(records: number, subject = 'event'): LedgerHead {
  let head = emptyHead();
  for (let index = 0; index < records; index += 1) {
    const at = '2026-11-23T08:00:00Z';
    const line = recordLine({ v: 1, id: `${subject}-${index}`, seq: '1', event: 'unknown.changed', at, facts: {} });
    const { bytes, nextHead } = appendRecords(head, [line]);
    head = nextHead(storedHash(gzipSync(bytes)));
  }
  return head;
}

function setUp(heads: LedgerHead[], changed: Partial<SealLedgerPorts> = {}) {
  const bucket = new Bucket();
  const read = vi.fn(async () => (heads.length > 1 ? heads.shift() : heads[0]) as LedgerHead);
  const ports: SealLedgerPorts = {
    heads: { read },
    objects: { putOnce: async (key, bytes) => bucket.putOnce(key, bytes) },
    reader: {
      get: async (key) => bucket.objects.get(key),
      firstAfter: async (prefix, after) => bucket.list(prefix).find((key) => key > after),
    },
    signer: async () => simulatedSigner,
    now: () => new Date('2026-11-23T09:00:00.999Z'),
    ...changed,
  };
  const publish = async (head: LedgerHead) => {
    const note = await sealCheckpoint(checkpointOf(head, simulatedSigner.name, '2026-11-23T08:30:00Z'), [
      simulatedSigner,
    ]);
    bucket.putOnce(keyOf(head), Buffer.from(note));
  };
  return { bucket, ports, publish, seal: sealLedger(ports) };
}

const keyOf = ({ size }: LedgerHead) => `checkpoints/${checkpointKey(size)}`;
const textIn = ({ objects }: Bucket, key: string) => Buffer.from(objects.get(key) ?? []).toString();

describe('sealLedger', () => {
  it('signs the head as a checkpoint under its size', async () => {
    const head = headOf(3);
    const { bucket, seal } = setUp([head]);
    expect(await seal()).toBe('sealed');
    expect(verifyCheckpoint(textIn(bucket, keyOf(head)), [simulatedKey])).toMatchObject({
      kind: 'verified',
      checkpoint: { size: 3, root: headRoot(head), time: '2026-11-23T09:00:00Z', object: { number: 2 } },
    });
  });

  it('publishes its key once, under the key’s id', async () => {
    const { bucket, seal } = setUp([headOf(1), headOf(1), headOf(2)]);
    for (let count = 0; count < 3; count += 1) await seal();
    expect(bucket.list('keys/')).toEqual([`keys/${simulatedKey.id}.vkey`]);
    expect(textIn(bucket, `keys/${simulatedKey.id}.vkey`)).toBe(`${simulatedKey.vkey}\n`);
    expect(bucket.writes.filter((key) => key.startsWith('keys/'))).toHaveLength(1);
  });

  it('changes nothing when it seals twice', async () => {
    const { bucket, seal, ports } = setUp([headOf(2)]);
    await seal();
    const before = textIn(bucket, keyOf(headOf(2)));
    expect(await sealLedger({ ...ports, now: () => new Date('2026-11-24T09:00:00Z') })()).toBe('nothing-new');
    expect(textIn(bucket, keyOf(headOf(2)))).toBe(before);
  });

  it('leaves the checkpoint of one who was faster', async () => {
    const { seal } = setUp([headOf(2)], { objects: { putOnce: async () => 'exists' } });
    expect(await seal()).toBe('nothing-new');
  });

  it('seals nothing in an empty ledger, and asks for no signature', async () => {
    const signer = vi.fn(async () => simulatedSigner);
    const { bucket, seal } = setUp([emptyHead()], { signer });
    expect(await seal()).toBe('nothing-new');
    expect(bucket.puts).toBe(0);
    expect(signer).not.toHaveBeenCalled();
  });

  it('publishes no signature that its key refuses', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const wrong = { ...simulatedSigner, sign: async (bytes: Uint8Array) => sign(null, bytes, privateKey) };
    const { bucket, seal } = setUp([headOf(1)], { signer: async () => wrong });
    await expect(seal()).rejects.toThrow('its key refuses');
    expect(bucket.list('checkpoints/')).toEqual([]);
  });
});

describe('a ledger that was rolled back', () => {
  it('is not sealed when a larger tree was sealed before', async () => {
    const { bucket, publish, seal } = setUp([headOf(2)]);
    await publish(headOf(5));
    await expect(seal()).rejects.toThrow(LedgerRolledBack);
    expect(bucket.list('checkpoints/')).toHaveLength(1);
  });

  it('is not sealed while it grows, as long as it is smaller than what was sealed', async () => {
    const { publish, seal } = setUp([headOf(2), headOf(3)]);
    await publish(headOf(5));
    await expect(seal()).rejects.toThrow(LedgerRolledBack);
  });

  it('is not sealed when another tree of its size was', async () => {
    const { publish, seal } = setUp([headOf(2)]);
    await publish(headOf(2, 'other'));
    await expect(seal()).rejects.toThrow(LedgerRolledBack);
  });

  it('is no ledger that another seal found further on', async () => {
    const { bucket, publish, seal } = setUp([headOf(2), headOf(6)]);
    await publish(headOf(5));
    expect(await seal()).toBe('sealed');
    expect(bucket.list('checkpoints/').at(-1)).toBe(keyOf(headOf(6)));
  });
});
