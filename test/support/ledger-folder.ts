import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkpointKey, checkpointOf, sealCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import { appendRecords, emptyHead, type LedgerHead } from '../../shared/domain/ledger/head.ts';
import { storedHash } from '../../shared/domain/ledger/merkle.ts';
import { noteKey } from '../../shared/domain/ledger/note-keys.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { recordLine } from '../../shared/domain/ledger/record.ts';
import type { Signer } from '../../shared/domain/ledger/signed-note.ts';

export const LOG_ORIGIN = 'ledger.example/heed';

/** RFC 8032 §7.1, test 1: a private key that everybody knows. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PKCS8_PREFIX = '302e020100300506032b657004220420';

export const logSigner = signerOf(
  createPrivateKey({ key: Buffer.from(PKCS8_PREFIX + SEED, 'hex'), format: 'der', type: 'pkcs8' }),
);
export const logKey = noteKey(LOG_ORIGIN, logSigner.publicKey);
export const strangerSigner = signerOf(generateKeyPairSync('ed25519').privateKey);

function signerOf(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { name: LOG_ORIGIN, publicKey, sign: (bytes) => Promise.resolve(sign(null, bytes, privateKey)) };
}

/** A ledger as the bucket holds it: bytes by key. */
export type StoredFiles = Map<string, Uint8Array>;

/** Stores the next object of these lines and gives the head after it. */
export function storeObject(files: StoredFiles, head: LedgerHead, lines: readonly string[]): LedgerHead {
  const append = appendRecords(head, lines);
  const bytes = gzipSync(append.bytes);
  files.set(objectPath(head.objects), bytes);
  return append.nextHead(storedHash(bytes));
}

export async function storeCheckpoint(files: StoredFiles, head: LedgerHead, by = logSigner, time = head.at) {
  const note = await sealCheckpoint(checkpointOf(head, LOG_ORIGIN, time), [by]);
  files.set(checkpointPath(head.size), Buffer.from(note));
}

export const objectPath = (object: number) => `ledger/${objectKey(object)}`;
export const checkpointPath = (size: number) => `checkpoints/${checkpointKey(size)}`;

export interface SampleShape {
  /** Records of each object. */
  sizes: readonly number[];
  /** Objects after which a checkpoint is sealed. */
  sealed: readonly number[];
  /** Line of each record. */
  line?: (index: number) => string;
}

export interface SampleLedger {
  files: StoredFiles;
  /** Heads after each object. */
  heads: LedgerHead[];
}

/** A ledger as the service writes it, signed with the well-known key. */
export async function sampleLedger({ sizes, sealed, line = sampleLine }: SampleShape): Promise<SampleLedger> {
  const files: StoredFiles = new Map([[`keys/${logKey.id}.vkey`, Buffer.from(`${logKey.vkey}\n`)]]);
  const heads: LedgerHead[] = [];
  let head = emptyHead();
  for (const [object, count] of sizes.entries()) {
    const first = head.size;
    head = storeObject(
      files,
      head,
      Array.from({ length: count }, (_, offset) => line(first + offset)),
    );
    heads.push(head);
    if (sealed.includes(object)) await storeCheckpoint(files, head);
  }
  return { files, heads };
}

const START = Date.parse('2026-11-23T08:00:00Z');

export const timeOf = (index: number) => new Date(START + index * 1000).toISOString().replace('.000', '');

/** A record as the stream's changes make it. */
export function sampleLine(
  index: number,
  subjectKey = `k1.${'m'.repeat(37)}${String(index).padStart(6, '0')}`,
): string {
  return recordLine({
    v: 1,
    id: `event-${index}`,
    seq: String(4_421_584_500_000_000_000_000n + BigInt(index)),
    event: 'request.created',
    at: timeOf(index),
    facts: {
      subjectKey,
      requestId: `req_${String(index).padStart(26, '0')}`,
      type: 'opt-out',
      state: 'effective',
      scopes: ['email:marketing'],
      manner: 'form',
      receivedAt: timeOf(index).replace('Z', '.123Z'),
      isSuspect: false,
      version: 1,
    },
  });
}

/** Lays files out as a copy of the bucket. Whoever calls it removes the folder. */
export async function writeLedgerFolder(files: StoredFiles): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-ledger-'));
  for (const [key, bytes] of files) {
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, key), bytes);
  }
  return folder;
}

/** The order in which S3 lists ASCII keys. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
