import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { strictGunzip } from '../../../shared/adapters/ledger-sources/strict-gunzip.ts';
import { checkpointKey, checkpointOf, sealCheckpoint } from '../../../shared/domain/ledger/checkpoint.ts';
import type { StoredCheckpoint } from '../../../shared/domain/ledger/checkpoint-trail.ts';
import type { Defect } from '../../../shared/domain/ledger/defect.ts';
import { appendRecords, emptyHead, type LedgerHead } from '../../../shared/domain/ledger/head.ts';
import { storedHash } from '../../../shared/domain/ledger/merkle.ts';
import { noteKey } from '../../../shared/domain/ledger/note-keys.ts';
import { objectKey } from '../../../shared/domain/ledger/object-header.ts';
import { recordLine } from '../../../shared/domain/ledger/record.ts';
import type { Signer } from '../../../shared/domain/ledger/signed-note.ts';
import {
  type LedgerSource,
  type StoredObject,
  type VerifySummary,
  verifyLedger,
} from '../../../shared/domain/ledger/verify-ledger.ts';

export const ORIGIN = 'ledger.example/heed';

/** RFC 8032 §7.1, test 1: a key that everybody knows. */
const ED25519_SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PKCS8_PREFIX = '302e020100300506032b657004220420';

export const ed25519Private = createPrivateKey({
  key: Buffer.from(PKCS8_PREFIX + ED25519_SEED, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

export function signer(privateKey: KeyObject, name = ORIGIN): Signer {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return { name, publicKey, sign: (bytes) => Promise.resolve(sign(algorithm, bytes, privateKey)) };
}

export const ourSigner = signer(ed25519Private);
export const ourKey = noteKey(ORIGIN, ourSigner.publicKey);
export const strangeSigner = signer(generateKeyPairSync('ed25519').privateKey);

/** All that is stored of a ledger, and the head at each object. */
export interface Trail {
  objects: StoredObject[];
  checkpoints: StoredCheckpoint[];
  heads: LedgerHead[];
}

export interface TrailShape {
  /** Records of each object. */
  sizes: readonly number[];
  /** Objects after which a checkpoint is sealed. */
  sealed: readonly number[];
  /** Tells one trail's records from another's. */
  seed?: number;
}

/** Writes a trail as the service would. */
export async function makeTrail({ sizes, sealed, seed = 0 }: TrailShape): Promise<Trail> {
  const trail: Trail = { objects: [], checkpoints: [], heads: [] };
  let head = emptyHead();
  let index = 0;
  for (const [object, count] of sizes.entries()) {
    const lines = Array.from({ length: count }, () => line(index++, seed));
    head = store(trail, head, lines);
    if (sealed.includes(object)) trail.checkpoints.push(await seal(head));
  }
  return trail;
}

/** Appends one object. */
export function store(trail: Trail, head: LedgerHead, lines: readonly string[]): LedgerHead {
  const append = appendRecords(head, lines);
  const bytes = gzipSync(append.bytes);
  const next = append.nextHead(storedHash(bytes));
  trail.objects.push({ key: objectKey(append.header.object), bytes });
  trail.heads.push(next);
  return next;
}

export async function seal(head: LedgerHead, by = ourSigner, time = head.at): Promise<StoredCheckpoint> {
  return { key: checkpointKey(head.size), text: await sealCheckpoint(checkpointOf(head, ORIGIN, time), [by]) };
}

const START = Date.parse('2026-11-23T08:00:00Z');

/** A record as the stream's changes make it. */
export function line(index: number, seed = 0): string {
  const at = new Date(START + index * 1000).toISOString().replace('.000', '');
  const mac = Buffer.from(String((index * 7919 + seed) % 1_000_003).padStart(32, 'k')).toString('base64url');
  return recordLine({
    v: 1,
    id: `${seed}-${index}`,
    seq: String(4_421_584_500_000_000_000_000n + BigInt(index)),
    event: 'request.created',
    at,
    facts: {
      subjectKey: `k1.${mac}`,
      requestId: `req_${String(index).padStart(26, '0')}`,
      type: 'opt-out',
      state: 'effective',
      scopes: ['email:marketing'],
      manner: 'form',
      receivedAt: at.replace('Z', '.123Z'),
      isSuspect: false,
      version: 1,
    },
  });
}

export type Checked = { defects: Defect[]; summary: VerifySummary };

/** Runs the verifier to its end. */
export async function check(
  trail: Pick<Trail, 'objects' | 'checkpoints'>,
  more: Partial<LedgerSource> = {},
): Promise<Checked> {
  const run = verifyLedger({
    objects: each(trail.objects),
    checkpoints: each(trail.checkpoints),
    keys: [ourKey],
    gunzip: strictGunzip,
    ...more,
  });
  const defects: Defect[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return { defects, summary: step.value };
    defects.push(step.value);
  }
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Whether a defect lies in this object, or in a run that has it. */
export function isAt(object: number): (defect: Defect) => boolean {
  return ({ place }) =>
    place.object !== undefined && place.object <= object && object <= (place.through ?? place.object);
}
